"""The workflows that `sitegen new` writes: least rights, steady actions, and no untrusted text in a shell."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import new
from tests.conftest import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DIGEST = yaml.safe_load((ROOT / ".github" / "workflows" / "digest.yml").read_text(encoding="utf-8"))


@pytest.fixture(params=FILES, ids=lambda file: file.name)
def workflow(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    return found


def _steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_a_workflow_may_only_read_unless_a_job_says_more(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}


def test_no_expression_stands_in_a_script(workflow: dict[str, Any]) -> None:
    assert not any("${{" in step.get("run", "") for step in _steps(workflow))


def test_actions_have_a_version_and_no_checkout_keeps_its_token(workflow: dict[str, Any]) -> None:
    for step in _steps(workflow):
        if name := step.get("uses"):
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", name)
            assert "checkout" not in name or step["with"]["persist-credentials"] is False


def test_actions_have_the_same_version_everywhere() -> None:
    used = {step["uses"] for file in FILES for step in _steps(yaml.safe_load(file.read_text())) if "uses" in step}
    assert len({name.partition("@")[0] for name in used}) == len(used)


def test_the_fetching_job_has_the_rights_that_it_needs_and_no_others() -> None:
    (job,) = DIGEST["jobs"].values()
    assert job["permissions"] == {"contents": "write", "pull-requests": "write", "actions": "write"}


def test_the_schedule_is_off_until_somebody_switches_it_on() -> None:
    (job,) = DIGEST["jobs"].values()
    assert job["if"] == "github.event_name == 'workflow_dispatch' || vars.SITEGEN_FETCH == 'yes'"
    assert set(DIGEST[True]) == {"schedule", "workflow_dispatch"}, "YAML 1.1 reads `on` as true"


def test_only_the_step_that_offers_knows_the_token() -> None:
    for step in _steps(DIGEST):
        assert ("GH_TOKEN" in step.get("env", {})) == (step.get("name") == "Offer")


def test_a_new_archive_has_both_workflows(tmp_path: Path) -> None:
    new.new(tmp_path)
    for name in ("pages.yml", "digest.yml"):
        text = (tmp_path / ".github" / "workflows" / name).read_text(encoding="utf-8")
        assert "pip install -r requirements.txt" in text
        assert "pip install ." not in text.replace("pip install -r", "")


@dataclass
class Repository:
    """A clone with one commit, its origin, and a `gh` that only notes what it was called with."""

    clone: Path
    script: str
    environment: dict[str, str]

    def offer(self, how: str) -> None:
        subprocess.run(
            ["bash", "-e", "-c", self.script], cwd=self.clone, env={**self.environment, "OFFER": how}, check=True
        )

    @property
    def called(self) -> list[str]:
        calls = self.clone.parent / "calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def names(self, branch: str) -> str:
        return _git(self.clone, "ls-tree", "-r", "--name-only", f"refs/remotes/origin/{branch}")


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    origin, clone, tools = tmp_path / "origin", tmp_path / "clone", tmp_path / "tools"
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", str(origin))
    _git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    (clone / "content").mkdir()
    (clone / "content" / "fetched.yml").write_text("old")
    _git(clone, "checkout", "--quiet", "-B", "main")
    _git(clone, "add", "--all")
    _git(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Begin")
    _git(clone, "push", "--quiet", "--set-upstream", "origin", "main")
    tools.mkdir()
    (tools / "gh").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/calls\n[ "$2" = list ] && echo 0 || true\n')
    (tools / "gh").chmod(0o755)
    (script,) = (step["run"] for step in _steps(DIGEST) if step.get("name") == "Offer")
    return Repository(clone, script, {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "GH_TOKEN": ""})


def test_new_papers_become_a_pull_request(repository: Repository) -> None:
    (repository.clone / "content" / "a.md").write_text("new")
    repository.offer("pull-request")
    assert [call.split(" --")[0] for call in repository.called] == ["auth setup-git", "pr list", "pr create"]
    assert "content/a.md" in repository.names("fetched")
    assert "content/a.md" not in repository.names("main")


def test_new_papers_are_pushed_and_published(repository: Repository) -> None:
    (repository.clone / "content" / "a.md").write_text("new")
    repository.offer("push")
    assert repository.called == ["auth setup-git", "workflow run pages.yml --ref main"]
    assert "content/a.md" in repository.names("main")


def test_a_day_without_papers_is_nothing_to_offer(repository: Repository) -> None:
    (repository.clone / "content" / "fetched.yml").write_text("new")
    repository.offer("pull-request")
    assert repository.called == []
