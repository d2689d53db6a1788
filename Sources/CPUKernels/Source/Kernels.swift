import CPUKernelInterface

/// The kernels, compiled once for each instruction level: this folder's files are linked into one
/// target a level, which differ in compiler flags and in the file that defines `Lanes` and the tile.
package enum Kernels: KernelLevel {}
