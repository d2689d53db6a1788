import TensorCore

extension StableDiffusionPipeline {
  /// The noise that the requests bring along or their seeds give, `[N, h, w, C]`.
  func noise(for requests: [PictureRequest], _ sources: inout [NoiseSource]) -> Tensor {
    .stack(
      samples: requests.indices.map { index in
        let request = requests[index]
        let shape = latentShape(width: request.width, height: request.height)
        let noise = request.initialLatents ?? sources[index].draw(shape)
        return noise.tensor(on: device)
      })
  }
}
