package import Foundation

/// Waits until files of one file system are on the disk. Many take about as long as one.
package func synchronizeFiles(_ urls: [URL]) throws(POSIXError) {
  // More than these are not waited for one by one.
  let few = 3
  if urls.count > few, try FileDescriptor(opening: urls[0], O_RDONLY).synchronizeFileSystem() {
    return
  }
  for url in urls { try FileDescriptor(opening: url, O_RDONLY).synchronize() }
}

/// Waits until the names in a folder are on the disk; syncing a file does not do that.
package func synchronizeFolder(_ url: URL) throws(POSIXError) {
  do throws(POSIXError) {
    try FileDescriptor(folder: url).synchronize()
  } catch {
    // A folder that may be written to but not read cannot be synced.
    if error.code != .EACCES { throw error }
  }
}
