import Foundation

/// The system's own words for why a file could not be read or written, such as `No such file or
/// directory`.
package func reason(of error: any Error) -> String {
  code(of: error)?.text ?? error.localizedDescription
}

/// The system's error number behind an error of Foundation.
func code(of error: any Error) -> POSIXErrorCode? {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
  let cause = (underlying ?? error) as NSError
  guard cause.domain == NSPOSIXErrorDomain else { return nil }
  return POSIXErrorCode(rawValue: Int32(cause.code))
}
