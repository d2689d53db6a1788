import Checkpoints
import CPUBackend
import DiffusionModels
import Foundation
import TensorCore

let a = CommandLine.arguments
let size = Int(a[2])!
let d = Device.cpu(threads: a.count > 3 ? Int(a[3])! : 2)
let cfg: UNetConfiguration = a[1] == "sdxl" ? .sdxl : .sd15
func rss() -> String { let s = try! String(contentsOfFile: "/proc/self/status", encoding: .utf8); return s.split(separator: "\n").filter { $0.hasPrefix("VmHWM") || $0.hasPrefix("VmRSS") }.joined(separator: " ") }
let clock = ContinuousClock()
if a[1] == "vae" {
  let vae = try AutoencoderKL(Parameters(SyntheticParameters(), device: d), .sd)
  let z = Tensor((0..<(size*size/16)).map { Float($0 % 13) * 0.1 - 0.6 }, [1, size/8, size/8, 4], on: d)
  for _ in 0..<3 { print(clock.measure { _ = vae.decode(z) }) }
  print(rss()); exit(0)
}
var unet: UNet2DConditionModel!
print("load", clock.measure { unet = try! UNet2DConditionModel(Parameters(SyntheticParameters(), device: d), cfg) }, rss())
let ctx = cfg.crossAttentionDim[0]
let x = Tensor((0..<(2*size*size/16)).map { Float($0 % 13) * 0.1 - 0.6 }, [2, size/8, size/8, 4], on: d)
let e = Tensor((0..<(2*77*ctx)).map { Float($0 % 7) * 0.1 - 0.3 }, [2, 77, ctx], on: d)
let added = a[1] == "sdxl" ? AddedConditions(textEmbeddings: Tensor(repeating: 0.1, [2, 1280], on: d), timeIDs: [[512,512,0,0,512,512],[512,512,0,0,512,512]]) : nil
for _ in 0..<4 { print("step", clock.measure { _ = unet(x, timestep: 500, encoderHiddenStates: e, addedConditions: added) }, rss()) }
