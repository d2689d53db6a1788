print("spolvero")
