import ArgumentParser

struct Inspect: ParsableCommand { func run() throws {} }
struct Synthesize: ParsableCommand { func run() throws {} }
