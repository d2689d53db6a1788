public import Faults
public import Foundation

/// Why a file or folder could not be made or written, in the system's own terms.
public struct WritingError: Fault, Equatable {
  /// The file or folder that was to be written.
  public let path: String
  /// What the system said.
  public let code: POSIXErrorCode

  /// Describes a failure.
  public init(_ path: String, _ code: POSIXErrorCode) {
    self.path = path
    self.code = code
  }

  /// `cannotCreate` where the path or its permissions do not allow it and more free space would change nothing,
  /// else `inputOutput`.
  public var kind: FaultKind {
    switch code {
    case .EACCES, .EEXIST, .EISDIR, .ELOOP, .ENAMETOOLONG, .ENOENT, .ENOTDIR, .EPERM, .EROFS:
      .cannotCreate
    default: .inputOutput
    }
  }

  /// One paragraph: place, what was found, what to do.
  public var description: String {
    switch code {
    case .ENOSPC, .EDQUOT:
      "\(path): the disk is full (\(code.text)). Free some space, then start again."
    case _ where kind == .cannotCreate:
      "\(path): this cannot be written (\(code.text)). Check the path and its permissions."
    default: "\(path): writing failed (\(code.text)). Check the disk, then start again."
    }
  }
}

extension POSIXErrorCode {
  /// The system's own words, such as `No such file or directory`, or clearer ones where it has been asked
  /// for a file and found something else.
  package var text: String {
    switch self {
    case .EISDIR: "there is a folder of this name"
    case .EEXIST: "something that is neither a file nor a folder has this name"
    default: unsafe String(cString: strerror(rawValue))
    }
  }
}

/// Says which file or folder a failed system call was about.
package func writing<Result>(_ url: URL, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as POSIXError {
    throw WritingError(url.path, error.code)
  }
}
