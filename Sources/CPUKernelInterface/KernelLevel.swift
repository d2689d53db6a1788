/// The kernels of one instruction level, as functions over raw memory.
///
/// Every function is serial and works on a part of its problem, so that the caller decides about
/// threads. No sum depends on how a problem is divided: results are the same for any number of
/// threads and any batch. SIMD types never cross this border, since levels pass them differently.
package protocol KernelLevel: Sendable {
  /// The level's name, such as `AVX-512`.
  static var name: String { get }
  /// Rows and columns of a result tile; work is best cut at multiples.
  static var tileRows: Int { get }
  /// Outputs of a panel of packed weights.
  static var tileColumns: Int { get }

  // MARK: Products

  /// Whether the processor multiplies bf16 faster than single precision.
  static var hasFastBFloat16: Bool { get }
  /// What the processor has for products of integers of eight and of sixteen bits.
  static var integerInstructions: IntegerInstructions { get }
  /// Words of 32 bits that a packed weight takes.
  static func packedCount(
    outputs: Int, channels: Int, taps: Int, operands: ProductOperands
  ) -> Int
  /// Packs the panels `panels` (of `tileColumns` outputs each) of a
  /// `[outputs, channels, taps]` weight, PyTorch's order.
  static func pack(
    _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Word>, outputs: Int,
    channels: Int, taps: Int, operands: ProductOperands, panels: Range<Int>)
  /// Packs as other operands the panels `panels` of a weight that ``pack`` has packed.
  static func repack(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, as operands: ProductOperands,
    panels: Range<Int>)
  /// Whether ``convolve`` can compute a product with as many values and gates in one pass.
  static func canGate(outputs: Int, channels: Int, operands: ProductOperands) -> Bool
  /// Bytes of scratch that ``convolve`` needs for a block of rows.
  static func convolveScratch(_ arguments: ConvolutionArguments, rows: Int) -> Int
  /// Computes rows × panels of a result.
  static func convolve(
    _ arguments: ConvolutionArguments, rows: Range<Int>, panels: Range<Int>,
    scratch: UnsafeMutableRawPointer)
  /// Writes the K inputs of each of some result rows one after another (im2col), for a BLAS.
  static func gatherRows(
    _ arguments: ConvolutionArguments, rows: Range<Int>, into: UnsafeMutablePointer<Float>)
  /// Applies the epilogue to rows whose sums stand in `y`.
  static func finish(_ arguments: ConvolutionArguments, rows: Range<Int>)

  /// Computes rows of a convolution of every channel with a window of its own, whose weight is
  /// `[taps, channels]`.
  static func convolveChannels(_ arguments: ConvolutionArguments, rows: Range<Int>)

  // MARK: Convolution of an enlarged map

  /// Adds up the taps of a packed 3×3 weight that read one pixel of a map enlarged to twice its size,
  /// for the panels `panels`: the result is a packed 2×2 weight for the pixels of one parity.
  static func packParity(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, _ parity: Parity,
    as operands: ProductOperands, panels: Range<Int>)

  // MARK: Winograd convolution

  /// Words that a 3×3 weight takes in Winograd's form.
  static func winogradPackedCount(
    outputs: Int, channels: Int, operands: WinogradOperands
  ) -> Int
  /// Transforms the panels `panels` of a 3×3 weight that ``pack`` has packed.
  static func packWinograd(
    _ weight: WeightPanels, into packed: UnsafeMutablePointer<Word>, as operands: WinogradOperands,
    panels: Range<Int>)
  /// Number of tiles of 4×4 pixels in a result.
  static func winogradTileCount(_ arguments: ConvolutionArguments) -> Int
  /// Bytes of scratch that ``convolveWinograd`` needs for some tiles.
  static func winogradScratch(tiles: Int, channels: Int, operands: WinogradOperands) -> Int
  /// Computes some tiles of a 3×3 convolution with stride 1 and a border of one zero, of a map or of one enlarged to
  /// twice its size. `weight` comes from ``packWinograd``, and the channels are a multiple of 16.
  static func convolveWinograd(
    _ arguments: ConvolutionArguments, weight: UnsafePointer<Word>, operands: WinogradOperands,
    tiles: Range<Int>, scratch: UnsafeMutableRawPointer)

  // MARK: Attention

  /// Queries that one call of ``attend`` takes best.
  static var queryBlock: Int { get }
  /// Words that the packed keys and values of one head take.
  static func packedHeadCount(_ arguments: AttentionArguments) -> Int
  /// Packs keys and values of one head of one sample.
  static func packHead(
    _ arguments: AttentionArguments, sample: Int, head: Int,
    into packed: UnsafeMutablePointer<Word>)
  /// Bytes of scratch that ``attend`` needs.
  static func attendScratch(headSize: Int) -> Int
  /// Attention of at most ``queryBlock`` queries of one head of one sample.
  static func attend(
    _ arguments: AttentionArguments, sample: Int, head: Int, queries: Range<Int>,
    packed: UnsafePointer<Word>, scratch: UnsafeMutableRawPointer)

  /// Attention of some queries, counted over all samples, to a few places of maps.
  static func attendDeformably(_ arguments: DeformableArguments, rows: Range<Int>)

  // MARK: Norms

  /// Moments of each group over `[rows, channels]`: a center near the mean, the sum of the deviations
  /// from it, and the sum of their squares.
  ///
  /// `moments` receives these three for each group; `scratch` has room for `2·channels`.
  static func groupMoments(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, groups: Int,
    into moments: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>)
  /// y = act((x − center)·scale + shift) over `[rows, channels]`, the operands being `[channels]`.
  static func normalize(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    center: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    _ activation: ActivationCode)
  /// Layer normalisation of `[rows, channels]`.
  static func layerNorm(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int,
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float)

  // MARK: Maps

  /// Writes a row of pixels, each the mean or the largest number of a window.
  static func pool(
    _ arguments: PoolArguments, sample: Int, row: Int, into y: UnsafeMutablePointer<Float>)
  /// Writes a row of pixels, each the weighted sum of those of one sample in as many `lines` and columns;
  /// `columns` has the latter one pixel after another.
  static func resize(
    _ x: UnsafePointer<Float>, width: Int, channels: Int, lines: ArraySlice<ResizeTap>,
    columns: [ResizeTap], into y: UnsafeMutablePointer<Float>)

  // MARK: Elements

  /// y = act(x).
  static func map(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    _ activation: ActivationCode)
  /// y = first half · gelu(second half), over rows of `2·channels`.
  static func geglu(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int)
  /// Limits every element to a range; a NaN stays one.
  static func clamp(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int,
    to range: ClosedRange<Float>)
  /// y = x·z.
  static func multiply(
    _ x: UnsafePointer<Float>, _ z: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int)
  /// Turns rows of `channels` numbers into shares that add up to 1.
  static func softmax(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int)
  /// y = scale·x, or y += scale·x when `accumulates`.
  static func scaledAdd(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, scale: Float,
    accumulates: Bool)

  // MARK: Peak

  /// Operations of one call of ``spin(rounds:factor:operands:)``.
  static func spinOperations(rounds: Int, operands: ProductOperands) -> Int
  /// Multiplies and adds in registers only, as fast as the processor can. The result is of no use.
  static func spin(rounds: Int, factor: Float, operands: ProductOperands) -> Float
}
