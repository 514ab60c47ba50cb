"""What everybody writes first: a loop over a film with MediaPipe's pose. Run by film.py in MediaPipe's environment.

Prints the number of frames with a body, and the seconds that the loop took, by the clock and of processor.
"""

import sys
import time

import cv2
import mediapipe


def main(film: str) -> None:
    """Every frame, full model."""
    capture = cv2.VideoCapture(film)
    seen = 0
    with mediapipe.solutions.pose.Pose(model_complexity=1) as pose:
        pose.process(cv2.cvtColor(capture.read()[1], cv2.COLOR_BGR2RGB))  # loading is not looping
        began, worked = time.monotonic(), time.process_time()
        while True:
            there, frame = capture.read()
            if not there:
                break
            found = pose.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
            seen += found.pose_landmarks is not None
    print(seen, time.monotonic() - began, time.process_time() - worked)


if __name__ == "__main__":
    main(sys.argv[1])
