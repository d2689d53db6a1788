import Foundation

/// The system's own words for why a file could not be read or written, such as `No such file or
/// directory`.
package func reason(of error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
  let cause = (underlying ?? error) as NSError
  guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
  return unsafe String(cString: strerror(Int32(cause.code)))
}
