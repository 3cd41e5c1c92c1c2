print("pductl")
