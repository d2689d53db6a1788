/// Operations as their definitions say, in double precision, without any care for speed.
public enum Reference {}
