"""Walks the accessible tree of the running program, tab by tab, and says what a screen reader would not know."""

import sys
import time

import pyatspi

NAME = "ResNet Explorer"
TABS = ["Unit", "Maps", "Number", "Why", "What if", "Charts", "Weights", "Training"]
# Roles that only hold others, or that their text speaks for.
SILENT = {"filler", "panel", "layered pane", "scroll pane", "viewport", "split pane", "separator", "scroll bar",
          "label", "static", "paragraph", "tool bar", "menu bar", "status bar", "frame", "form", "unknown",
          "list item", "table cell", "tree item", "page tab list", "text"}
UNKNOWN = {"invalid", "unknown"}


def application():
    """Waits for the program to come onto the bus."""
    for _ in range(120):
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            child = desktop.getChildAtIndex(index)
            if child and "resnet" in (child.name or "").lower() and child.childCount:
                return child
        time.sleep(0.5)
    sys.exit("the program did not come onto the accessibility bus")


def walk(node, depth=0):
    """Every accessible that can be seen, with its depth."""
    yield node, depth
    for index in range(min(node.childCount, 400)):
        child = node.getChildAtIndex(index)
        if child and child.getState().contains(pyatspi.STATE_SHOWING):
            yield from walk(child, depth + 1)


def value_of(node):
    """What it says of its state: a value, or a description."""
    parts = [node.description or ""]
    try:
        value = node.queryValue()
        parts.append("%g of %g to %g" % (value.currentValue, value.minimumValue, value.maximumValue))
    except NotImplementedError:
        pass
    return "; ".join(part for part in parts if part)


def find(root, role, name):
    for node, _ in walk(root):
        if node.getRoleName() == role and node.name == name:
            return node
    return None


def examine(root, tab, faults, verbose):
    for node, depth in walk(root):
        role = node.getRoleName()
        focusable = node.getState().contains(pyatspi.STATE_FOCUSABLE)
        if verbose:
            print("%s%s | %s | %s" % ("  " * depth, role, node.name, value_of(node)))
        where = "%s: %s under %r" % (tab, role, node.parent.name if node.parent else "")
        if not node.name and (focusable or role not in SILENT):
            faults.add("%s has no name" % where)
        if role in UNKNOWN and (focusable or node.name):
            faults.add("%s %r has no role" % (where, node.name))
        if role in ("image", "canvas", "graphic", "chart") and not value_of(node):
            faults.add("%s %r says nothing of what it shows" % (where, node.name))


def main():
    verbose = "-v" in sys.argv
    program = application()
    window = program.getChildAtIndex(0)
    for _ in range(60):  # until the first picture has gone through the network
        if any("%" in value_of(node) for node, _ in walk(window)):
            break
        time.sleep(0.5)
    faults = set()
    for tab in TABS:
        item = find(window, "page tab", tab)
        if not item:
            faults.add("there is no tab %r" % tab)
            continue
        item.queryAction().doAction(0)
        time.sleep(1.0)
        if verbose:
            print("=== " + tab)
        examine(window, tab, faults, verbose)
    said = [value_of(node) for node, _ in walk(window)]
    for wanted in ("step ", "%"):
        if not any(wanted in each for each in said):
            faults.add("nothing says %r: the current step and the predictions must be spoken" % wanted)
    for fault in sorted(faults):
        print(fault)
    print("%d faults" % len(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
