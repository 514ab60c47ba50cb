"""S14: with no network but this machine's own, a new runner's first days go as they always do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STORY = Path(__file__).with_name("test_first_days.py")
ALONE = """
import array, fcntl, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14s", b"lo", 0x49, b""))  # SIOCSIFFLAGS: up, loopback, running
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError:
    pass
else:
    sys.exit("there is a way out of here")
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""
NETWORK_OF_ITS_OWN = ["unshare", "--user", "--map-root-user", "--net"]


def can_be_alone() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NETWORK_OF_ITS_OWN, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not can_be_alone(), reason="this system gives no process a network of its own (unshare --net)")
def test_a_new_runners_first_days_need_no_network_and_call_nobody(tmp_path: Path) -> None:
    wanted = [f"{STORY}::test_from_screening_to_the_next_days_plan", "-k", "phone", "-q", "-p", "no:cacheprovider"]
    command = [*NETWORK_OF_ITS_OWN, sys.executable, "-c", ALONE, *wanted, f"--basetemp={tmp_path / 'inner'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=STORY.parents[2])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "1 passed" in done.stdout
