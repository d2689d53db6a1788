import Foundation

/// The system's own words for why Foundation could not read or write something, such as `No such file or
/// directory`.
package func reason(of error: any Error) -> String {
  guard let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error,
    (system as NSError).domain == NSPOSIXErrorDomain
  else { return error.localizedDescription }
  return unsafe String(cString: strerror(Int32((system as NSError).code)))
}
