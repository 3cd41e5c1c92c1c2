internal import NIOPosix
internal import Subprocess
