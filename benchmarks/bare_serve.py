"""The least that a framework can do behind uvicorn: decode a body of texts and answer with as many rows."""

import sys

import uvicorn


def starlette_app():
    """Starlette routes, msgspec decodes and encodes: what the service is built on."""
    import msgspec
    from starlette.responses import Response
    from starlette.routing import Route, Router

    class Texts(msgspec.Struct):
        texts: list[str]

    decoder = msgspec.json.Decoder(Texts)

    async def answer(request):
        texts = decoder.decode(await request.body()).texts
        body = msgspec.json.encode({"predictions": [{"text": text, "stance": "none"} for text in texts]})
        return Response(body, media_type="application/json")

    return Router([Route("/v1/predict", answer, methods=["POST"])])


def fastapi_app():
    """FastAPI with its models."""
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Texts(BaseModel):
        texts: list[str]

    app = FastAPI()

    @app.post("/v1/predict")
    async def answer(asked: Texts) -> dict[str, list[dict[str, str]]]:
        return {"predictions": [{"text": text, "stance": "none"} for text in asked.texts]}

    return app


def litestar_app():
    """Litestar with msgspec structs."""
    import msgspec
    from litestar import Litestar, post

    class Texts(msgspec.Struct):
        texts: list[str]

    @post("/v1/predict", status_code=200)
    async def answer(data: Texts) -> dict[str, list[dict[str, str]]]:
        return {"predictions": [{"text": text, "stance": "none"} for text in data.texts]}

    return Litestar([answer], signature_namespace={"Texts": Texts})


APPS = {"starlette": starlette_app, "fastapi": fastapi_app, "litestar": litestar_app}

if __name__ == "__main__":
    uvicorn.run(APPS[sys.argv[1]](), port=int(sys.argv[2]), loop="uvloop", http="httptools", log_level="critical")
