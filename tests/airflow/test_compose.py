"""What ``docker-compose.yml`` promises, read as plain YAML; no container engine is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
SECRETS = {
    "POSTGRES_PASSWORD",
    "FERNET_KEY",
    "API_SECRET_KEY",
    "JWT_SECRET",
    "PES_AIRFLOW_PASSWORD",
}
ONE_SHOT = "airflow-init"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return found


def test_compose_refuses_to_start_without_a_secret_and_names_it() -> None:
    text = FILE.read_text()
    required = dict(re.findall(r"\$\{(\w+):\?set (\w+) in \.env", text))
    assert required == {name: name for name in SECRETS}
    for name in SECRETS:
        assert not re.search(rf"\$\{{{name}(:?-|\}})", text), f"{name} has a default"


def test_no_secret_is_written_down(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert value.startswith("${"), name


def test_every_service_runs_as_a_user_without_rights(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["user"] not in ("root", "0", "")
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_every_service_that_stays_up_has_a_health_check(services: dict[str, Any]) -> None:
    assert {name for name, one in services.items() if "healthcheck" not in one} == {ONE_SHOT}
    assert services[ONE_SHOT]["restart"] == "no"


def test_services_wait_for_what_they_need(services: dict[str, Any]) -> None:
    def needs(name: str) -> dict[str, str]:
        return {k: v["condition"] for k, v in services[name].get("depends_on", {}).items()}

    database = {"postgres": "service_healthy"}
    migrated = {**database, ONE_SHOT: "service_completed_successfully"}
    assert needs("postgres") == {}
    assert needs(ONE_SHOT) == database
    assert needs("api-server") == migrated
    assert needs("dag-processor") == migrated
    assert needs("scheduler") == {**migrated, "api-server": "service_healthy"}


def test_the_page_is_open_to_this_machine_only(services: dict[str, Any]) -> None:
    published = {name: one["ports"] for name, one in services.items() if "ports" in one}
    assert list(published) == ["api-server"]
    assert all(port.startswith("127.0.0.1:") for port in published["api-server"])


def test_sources_are_mounted_read_only_and_the_rest_in_named_volumes(
    services: dict[str, Any],
) -> None:
    volumes = yaml.safe_load(FILE.read_text())["volumes"]
    for name, service in services.items():
        for volume in service["volumes"]:
            source, _, mode = re.fullmatch(r"(\$\{.*?\}|[^:]+):([^:]+)(?::(\w+))?", volume).groups()
            assert source in volumes or mode == "ro", f"{name}: {volume}"


def test_the_services_share_one_image_and_its_secrets(services: dict[str, Any]) -> None:
    ours = [one for name, one in services.items() if name != "postgres"]
    assert {one["image"] for one in ours} == {"pes-observatory"}
    for shared in ("FERNET_KEY", "SECRET_KEY", "JWT_SECRET"):
        values = {
            value
            for one in ours
            for name, value in one["environment"].items()
            if name.endswith(f"__{shared}")
        }
        assert len(values) == 1


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_the_tool_itself_accepts_the_file(tmp_path: Path) -> None:
    def config(names: set[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["docker-compose", "--file", str(FILE), "config", "--quiet"],
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", **dict.fromkeys(names, "0")},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    accepted = config(SECRETS)
    assert accepted.returncode == 0, accepted.stderr
    refused = config(SECRETS - {"JWT_SECRET"})
    assert refused.returncode != 0
    assert "set JWT_SECRET in .env" in refused.stderr
