"""A sources folder of a test's own: YAMLs, and beside each a folder of its id with its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pes_observatory.sources.registry import Declared, Mistake, find_sources, get_source

Content = str | bytes


class SourceFolder:
    """Writes what a data engineer would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, source: dict[str, Any] | str, files: dict[str, Content] | None = None) -> Path:
        """Write ``<id>.yml`` (a text as it stands, under the id it names) and ``<id>/<file>``."""
        text = source if isinstance(source, str) else yaml.safe_dump(source, sort_keys=False)
        source_id = text.partition("id:")[2].split()[0]
        for name, content in (files or {}).items():
            self.put(f"{source_id}/{name}", content)
        return self.put(f"{source_id}.yml", text)

    def put(self, name: str, content: Content) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def change(self, source_id: str, **changes: Any) -> Path:
        """Change keys of a YAML; ``gate={"min_rows": 5}`` changes that one inside ``gate``."""
        path = self.root / f"{source_id}.yml"
        source = yaml.safe_load(path.read_text())
        for key, value in changes.items():
            inner = source.get(key)
            source[key] = {**inner, **value} if isinstance(inner, dict) else value
        return self.write(source)

    def declared(self, source_id: str) -> Declared:
        return get_source(self.root, source_id)

    def all(self) -> list[Declared]:
        return find_sources(self.root)[0]

    def mistakes(self) -> list[Mistake]:
        return find_sources(self.root)[1]
