import CCPUFeatures
import Foundation

/// The system's OpenBLAS, opened at run time.
///
/// The library picks its kernels while it is loaded and does not know recent processors (0.3.21 takes
/// a Zen 5 for a Haswell and runs at half speed), so the core is named before. It is used with one
/// thread a call: our own pool divides the work.
final class OpenBLAS: Sendable {
  /// The library, or nil where it is not installed.
  static let shared = OpenBLAS()

  private typealias SetThreads = @convention(c) (CInt) -> Void
  private typealias Config = @convention(c) () -> UnsafePointer<CChar>?
  private typealias SGEMM =
    @convention(c) (
      _ order: CInt, _ transposeA: CInt, _ transposeB: CInt, _ m: CInt, _ n: CInt, _ k: CInt,
      _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: CInt, _ b: UnsafePointer<Float>,
      _ ldb: CInt, _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: CInt
    ) -> Void

  /// Version and core, as the library gives them.
  let name: String
  private let sgemm: SGEMM

  private init?() {
    if cpu_supports_avx512() { setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0) }
    let names = ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
      let sgemm = dlsym(library, "cblas_sgemm"),
      let setThreads = dlsym(library, "openblas_set_num_threads")
    else { return nil }
    self.sgemm = unsafeBitCast(sgemm, to: SGEMM.self)
    unsafeBitCast(setThreads, to: SetThreads.self)(1)
    let config = dlsym(library, "openblas_get_config")
      .flatMap { unsafeBitCast($0, to: Config.self)() }.map { String(cString: $0) }
    name = config?.split(separator: " ").prefix(2).joined(separator: " ") ?? "OpenBLAS"
  }

  /// c = a·b, row-major: `[m, k]` times `[k, n]`.
  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    m: Int, n: Int, k: Int
  ) {
    let (rowMajor, noTranspose): (CInt, CInt) = (101, 111)
    sgemm(
      rowMajor, noTranspose, noTranspose, CInt(m), CInt(n), CInt(k), 1, a, CInt(k), b, CInt(n), 0,
      c, CInt(n))
  }
}
