"""Device models by name."""
from ..device import Interface
from .apc import ApcBackUps
from .captured import Captured
from .ecoflow import EcoFlowFull, River3Plus
from .relay import UsbRelay
from .sispm import SisPm

MODELS = {"river3plus": River3Plus, "ecoflow-full": EcoFlowFull, "apc": ApcBackUps, "relay": UsbRelay,
          "sispm": SisPm}
STRINGS = ("serial", "product", "manufacturer")


def make(word: str, clock):
    """Name and device for MODEL[=NAME][,SETTING=VALUE]...; ValueError for an unknown model or state."""
    word, *settings = word.split(",")
    model, _, name = word.partition("=")
    changes = dict(setting.partition("=")[::2] for setting in settings)
    values = {k: changes.pop(k) or None for k in STRINGS if k in changes}
    values["cached"] = changes.pop("cached", "yes") != "no"
    if "ident" in changes:
        values["ident"] = changes.pop("ident")
    shift = int(changes.pop("interface", 0))
    if shift:
        interfaces = (Interface((255, 0, 0)),) * shift + MODELS[model].interfaces
        values |= {"hid_interface": shift, "interfaces": interfaces}
    if model.startswith("captured:"):
        device = type("Captured", (Captured,), values)(clock, model.removeprefix("captured:"))
    elif model in MODELS:
        device = type(MODELS[model].__name__, (MODELS[model],), values)(clock)
    else:
        raise ValueError(f"no model {model!r}; there are {', '.join(MODELS)} and captured:PATH")
    if changes:
        device.command(["set", *(f"{k}={v}" for k, v in changes.items())])
    return name or model, device
