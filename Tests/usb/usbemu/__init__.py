"""usbemu: software USB devices (HID UPSes, outlets) for tests of code that uses libusb.

One set of device models, two ways to hand them to real libusb code:

* ``usbemu.umock``: umockdev's LD_PRELOAD test bed; needs no USB in the kernel;
* ``usbemu.vhci``: into the kernel's vhci-hcd through a socketpair; kernel, usbfs and
  drivers are real.
"""
