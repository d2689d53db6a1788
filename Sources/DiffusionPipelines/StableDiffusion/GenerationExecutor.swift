import Dispatch

/// Threads for work that lasts minutes: on those that all tasks of a program share, it would keep the others from
/// going on.
final class GenerationExecutor: TaskExecutor {
  static let shared = GenerationExecutor()

  private let queue = DispatchQueue(label: "painting", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
