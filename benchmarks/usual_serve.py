"""The usual way to serve a text classifier: a FastAPI sync endpoint that calls scikit-learn pipelines."""

import sys
from pathlib import Path

import joblib
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Texts(BaseModel):
    """A request."""

    texts: list[str]


app = FastAPI()
pipelines = joblib.load(Path(sys.argv[1]) / "pipeline.joblib")


@app.post("/v1/predict")
def predict(asked: Texts) -> dict[str, list[dict[str, object]]]:
    """Label texts with every pipeline."""
    rows: list[dict[str, object]] = [{"text": text} for text in asked.texts]
    for head, pipeline in pipelines.items():
        for row, odds in zip(rows, pipeline.predict_proba(asked.texts), strict=True):
            row[head] = str(pipeline.classes_[odds.argmax()])
            row[f"{head}_probabilities"] = {
                str(k): round(float(p), 6) for k, p in zip(pipeline.classes_, odds, strict=True)
            }
    return {"predictions": rows}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[2]), loop="uvloop", http="httptools", log_level="critical")
