print("upsd-swift")
