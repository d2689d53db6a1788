extension ClassList {
  /// COCO-Stuff's 171 classes as its pixel maps number them: COCO's 80 things by their category less 1, with the gaps
  /// that those have, and 91 kinds of stuff from 91 on.
  public static let cocoStuff = ClassList(
    names: Dictionary(uniqueKeysWithValues: zip(cocoStuffIDs, cocoStuffNames)),
    encoding: LabelEncoding(background: nil, ignored: [255]))

  /// The same with MMSegmentation's train ids, 0…170.
  public static let cocoStuffTrainIDs = ClassList(
    named: cocoStuffText, from: 0, encoding: LabelEncoding(background: nil, ignored: [255]))

  private static let cocoStuffIDs = (0...181 as ClosedRange<UInt8>).filter {
    ![11, 25, 28, 29, 44, 65, 67, 68, 70, 82, 90].contains($0)
  }

  private static let cocoStuffNames = Self.names(in: cocoStuffText)

  /// Source: the categories of COCO and COCO-Stuff.
  private static let cocoStuffText = """
    person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire \
    hydrant, stop sign, parking meter, bench, bird, cat, dog, horse, sheep, cow, elephant, bear, \
    zebra, giraffe, backpack, umbrella, handbag, tie, suitcase, frisbee, skis, snowboard, sports \
    ball, kite, baseball bat, baseball glove, skateboard, surfboard, tennis racket, bottle, wine \
    glass, cup, fork, knife, spoon, bowl, banana, apple, sandwich, orange, broccoli, carrot, hot \
    dog, pizza, donut, cake, chair, couch, potted plant, bed, dining table, toilet, tv, laptop, \
    mouse, remote, keyboard, cell phone, microwave, oven, toaster, sink, refrigerator, book, \
    clock, vase, scissors, teddy bear, hair drier, toothbrush, banner, blanket, branch, bridge, \
    building-other, bush, cabinet, cage, cardboard, carpet, ceiling-other, ceiling-tile, cloth, \
    clothes, clouds, counter, cupboard, curtain, desk-stuff, dirt, door-stuff, fence, \
    floor-marble, floor-other, floor-stone, floor-tile, floor-wood, flower, fog, food-other, \
    fruit, furniture-other, grass, gravel, ground-other, hill, house, leaves, light, mat, metal, \
    mirror-stuff, moss, mountain, mud, napkin, net, paper, pavement, pillow, plant-other, \
    plastic, platform, playingfield, railing, railroad, river, road, rock, roof, rug, salad, \
    sand, sea, shelf, sky-other, skyscraper, snow, solid-other, stairs, stone, straw, \
    structural-other, table, tent, textile-other, towel, tree, vegetable, wall-brick, \
    wall-concrete, wall-other, wall-panel, wall-stone, wall-tile, wall-wood, water-other, \
    waterdrops, window-blind, window-other, wood
    """
}
