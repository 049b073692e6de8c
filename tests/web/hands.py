"""How somebody works the page: with a mouse or a finger, or with nothing but a keyboard."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Final

from playwright.sync_api import FileChooser, Locator, Page, expect

KEYS_AT_MOST: Final = 250
PRESSES_AT_MOST: Final = 20
CHOOSER_MS: Final = 500
HAS_FOCUS: Final = "element => element === document.activeElement"
SHOWS_FOCUS: Final = """element => {
  const look = getComputedStyle(element);
  return element.matches(":focus-visible") && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
}"""


class Hand(ABC):
    """What somebody does with a control."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @abstractmethod
    def press(self, control: Locator) -> None:
        """A link is followed, a button pressed."""

    def tick(self, box: Locator) -> None:
        """A box is ticked, if it is not yet."""
        if not box.is_checked():
            self.turn(box)
        expect(box).to_be_checked()

    @abstractmethod
    def turn(self, box: Locator) -> None:
        """A box that is ticked is so no more, and the other way round."""

    @abstractmethod
    def write(self, field: Locator, text: str) -> None:
        """A field says this text and nothing else."""

    @abstractmethod
    def bring(self, field: Locator, file: Path) -> None:
        """A file is chosen."""


class Pointer(Hand):
    """With a mouse; where the page is touched, with a finger."""

    def press(self, control: Locator) -> None:
        control.click()

    def turn(self, box: Locator) -> None:
        box.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def bring(self, field: Locator, file: Path) -> None:
        field.set_input_files(file)


class Finger(Pointer):
    """By touch alone."""

    def press(self, control: Locator) -> None:
        control.tap()

    def turn(self, box: Locator) -> None:
        box.tap()


class Keyboard(Hand):
    """Tab from control to control, Enter, space and letters. What is worked must show that the keyboard is at it."""

    def press(self, control: Locator) -> None:
        self.go_to(control)
        self.page.keyboard.press("Enter")

    def turn(self, box: Locator) -> None:
        self.go_to(box)
        self.page.keyboard.press("Space")

    def write(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def bring(self, field: Locator, file: Path) -> None:
        # Chromium is told to hand choosers over when the first listener comes, and says not when it has heard it.
        choosers: list[FileChooser] = []
        self.page.on("filechooser", lambda chooser: choosers.append(chooser))
        self.go_to(field)
        for _ in range(PRESSES_AT_MOST):
            self.page.keyboard.press("Enter")
            self.page.wait_for_timeout(CHOOSER_MS)
            if choosers:
                break
        assert choosers, f"Enter on {field} opens no choice of files"
        choosers[0].set_files(file)

    def go_to(self, control: Locator) -> None:
        """Tab until the control has the focus. Raises AssertionError where Tab never comes to it."""
        expect(control).to_be_enabled()
        for _ in range(KEYS_AT_MOST):
            if control.evaluate(HAS_FOCUS):
                assert control.evaluate(SHOWS_FOCUS), f"{control} has the focus and does not show it"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{KEYS_AT_MOST} times Tab do not lead to {control}")


class FingerDown:
    """A finger on the glass, moved step by step, as the machine tells the browser of it."""

    STEPS: Final = 4

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.at = (0.0, 0.0)

    def down(self, x: float, y: float) -> None:
        self.at = (x, y)
        self._tell("touchStart", self.at)

    def move(self, x: float, y: float) -> None:
        (left, top), steps = self.at, range(1, self.STEPS + 1)
        for x_now, y_now in [(left + (x - left) * step / self.STEPS, top + (y - top) * step / self.STEPS) for step in steps]:
            self._tell("touchMove", (x_now, y_now))
        self.at = (x, y)

    def second(self, x: float, y: float) -> None:
        """Another finger beside it."""
        self._tell("touchStart", self.at, (x, y))

    def up(self) -> None:
        self._tell("touchEnd")

    def cancel(self) -> None:
        """The machine takes the touch away: a call, a gesture of its own."""
        self._tell("touchCancel")

    def _tell(self, kind: str, *fingers: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
