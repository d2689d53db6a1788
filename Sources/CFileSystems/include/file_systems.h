#pragma once

/// Waits until all that was written into a file's file system is on the disk.
///
/// Returns 0, or -1 with the reason in errno: ENOSYS where the system has no such call.
int synchronize_file_system(int file);
