import ArgumentParser

/// What the images of a run are made of.
enum RecipeName: String, CaseIterable, ExpressibleByArgument {
  /// Photographs are repainted along their outlines and those of their labels.
  case repainting
  /// Photographs are repainted along their scribbles, once for each encode ratio.
  case scribblegen
  /// Instances are painted anew, and stay where they are.
  case instances
}
