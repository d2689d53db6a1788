package import Foundation

/// A folder that this process has for itself, or shares, until it ends or lets go of this value.
package final class FolderLock: Sendable {
  private let descriptor: FileDescriptor

  /// - Parameter isShared: Whether other processes may have the folder too that share it.
  /// - Returns: Nothing when another process has the folder. File systems that know no locks let
  ///   everyone in.
  package init?(_ url: URL, isShared: Bool = false) throws(POSIXError) {
    descriptor = try FileDescriptor(folder: url)
    if descriptor.lock(isShared: isShared) == .busy { return nil }
  }
}

/// A file that this process has for itself until it ends or lets go of this value. Unlike folders, files can be locked on
/// network file systems too.
package final class FileLock: Sendable {
  private let descriptor: FileDescriptor

  /// Makes the file if it is not there.
  ///
  /// - Returns: Nothing when another process has the file. File systems that know no locks let everyone in.
  package init?(file url: URL) throws(POSIXError) {
    descriptor = try FileDescriptor(opening: url, O_RDWR | O_CREAT)
    if descriptor.lock() == .busy { return nil }
  }
}
