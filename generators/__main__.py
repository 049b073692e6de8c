"""`python -m generators`: writes the client's models and operations from the OpenAPI document, and its synchronous half."""

from generators.client import written

if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        print(path)
