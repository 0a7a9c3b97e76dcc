"""The encoder: the one that ships, others that are set, and what cannot be loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordLevel

from index import encoder
from index.encoder import EncoderUnavailable, SentenceTransformerEncoder, StaticEncoder
from index.model import Encoder, IndexFailure

TEXTS = (
    "Sở Nội vụ chủ trì, tham mưu UBND Thành phố ban hành Kế hoạch cải cách hành chính năm 2023.",
    "Hoàn thành trước ngày 15/11/2024",
    "Which department must report on administrative reform?",
    "The Department of Finance allocates the budget.",
    "a",
)
STATIC = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


SHIPPED = Path(encoder.__file__).parent / "weights" / "encoder"


@pytest.fixture(scope="module")
def light() -> Encoder:
    return encoder.load()


@pytest.fixture(scope="module")
def full() -> Encoder:
    """The same weights, read by sentence-transformers."""
    return SentenceTransformerEncoder.open(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A static model of three words in sentence-transformers' format; its tokens are not such as we train."""
    tokenizer = Tokenizer(WordLevel({"sở": 0, "nội": 1, "vụ": 2, "?": 3}, unk_token="?"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = np.array([[3, 0], [0, 4], [1, 1], [0, 0]], dtype=np.float16)
    save_file({"embedding.weight": table}, tmp_path / "model.safetensors")
    (tmp_path / "modules.json").write_text(json.dumps(STATIC), encoding="utf-8")
    (tmp_path / "1_Normalize").mkdir()
    settings = {"prompts": {"query": "", "document": ""}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    return tmp_path


def test_the_shipped_encoder_is_read_without_torch(light: Encoder) -> None:
    """And opened once."""
    assert isinstance(light, StaticEncoder)
    assert encoder.load() is light


def test_it_is_the_model_that_sentence_transformers_reads(light: Encoder, full: Encoder) -> None:
    """A reader of our own gives the vectors of the library that trained it."""
    assert (light.name, light.dimensions, light.max_tokens) == (full.name, full.dimensions, full.max_tokens)
    cosines = (light.encode_passages(TEXTS) * full.encode_passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.9999
    for text in TEXTS:
        assert light.encode_query(text) @ full.encode_query(text) > 0.9999


@pytest.mark.parametrize("which", ["light", "full"])
def test_vectors_have_length_one_or_zero(which: str, request: pytest.FixtureRequest) -> None:
    """A text without a token has no direction: its vector is zero, not a division by zero."""
    model: Encoder = request.getfixturevalue(which)
    vectors = model.encode_passages([*TEXTS, "", " …! "])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) + 2, model.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1] * len(TEXTS) + [0, 0], atol=1e-5)
    assert model.encode_query(TEXTS[0]).shape == (model.dimensions,)
    assert model.encode_passages([]).shape == (0, model.dimensions)


@pytest.mark.parametrize("which", ["light", "full"])
def test_a_passage_does_not_depend_on_its_neighbours(which: str, request: pytest.FixtureRequest) -> None:
    """A clause that is embedded again alone gets the vector it had in its batch."""
    model: Encoder = request.getfixturevalue(which)
    together = model.encode_passages(TEXTS * 100)
    alone = np.concatenate([model.encode_passages([text]) for text in TEXTS])
    assert np.allclose(together[: len(TEXTS)], alone, atol=1e-5)
    assert np.allclose(together[-len(TEXTS) :], alone, atol=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),  # the mark on either vowel
        ("Hòa giải", "HOÀ GIẢI"),  # capitals
        ("Thủ tục", "Thu\u0309 tu\u0323c"),  # NFD
        ("thủ tục, hành chính.", "thủ tục hành chính"),  # punctuation
    ],
)
def test_spelling_variants_have_one_vector(light: Encoder, one: str, other: str) -> None:
    assert light.encode_query(one) @ light.encode_query(other) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "Which agency leads administrative reform?",
            "Sở Nội vụ chủ trì công tác cải cách hành chính.",
            "Sở Y tế kiểm tra công tác phòng, chống dịch bệnh.",
        ),
        (
            "Ai phụ trách giải ngân vốn đầu tư công?",
            "Sở Tài chính đôn đốc tiến độ giải ngân kế hoạch vốn đầu tư công năm 2022.",
            "Công an Thành phố bảo đảm trật tự an toàn giao thông dịp Tết.",
        ),
        (
            "giai ngan von dau tu cong",  # typed without marks
            "Đôn đốc tiến độ giải ngân kế hoạch vốn đầu tư công.",
            "Bảo đảm trật tự an toàn giao thông dịp Tết.",
        ),
    ],
)
def test_a_question_lies_nearer_to_its_answer(light: Encoder, question: str, right: str, wrong: str) -> None:
    near, far = light.encode_passages([right, wrong]) @ light.encode_query(question)
    assert near > far + 0.05


def test_a_static_model_of_others_is_a_mean_of_token_vectors(folder: Path) -> None:
    """Read by sentence-transformers."""
    model = encoder.load(folder)
    assert isinstance(model, SentenceTransformerEncoder)
    assert model.dimensions == 2
    assert np.allclose(model.encode_query("Sở Nội"), [0.6, 0.8])
    assert np.allclose(model.encode_passages(["sở", "vụ"]), [[1, 0], [0.5**0.5, 0.5**0.5]])


def test_the_name_changes_with_weights_tokenizer_and_prompts(folder: Path) -> None:
    """The name is what an index remembers; documentation beside the weights does not change it."""
    name = encoder.load(folder).name
    assert name.startswith(f"{folder.name}@")
    (folder / "README.md").write_text("About this model.", encoding="utf-8")
    assert encoder.load(folder).name == name
    names = {name}
    save_file({"embedding.weight": np.eye(4, 2, dtype=np.float16)}, folder / "model.safetensors")
    names.add(encoder.load(folder).name)
    settings = {"prompts": {"query": "", "document": ""}, "similarity_fn_name": "cosine"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    names.add(encoder.load(folder).name)
    assert len(names) == 3


def test_prompts_are_put_before_queries_and_passages(folder: Path) -> None:
    """As its settings say."""
    settings = {"prompts": {"query": "nội ", "document": "vụ "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    model = encoder.load(folder)
    assert isinstance(model, SentenceTransformerEncoder)
    assert np.allclose(model.encode_query("sở"), [0.6, 0.8], atol=1e-6)
    assert np.allclose(model.encode_passages(["sở"])[0], np.array([4, 1]) / 17**0.5, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("./no/such/folder", "no such folder"),
        ("/no/such/folder", "no such folder"),
        ("not a name", "no such folder"),
        (Path("missing"), "no such folder"),
    ],
)
def test_a_missing_model_names_the_setting(name: str | Path, reason: str) -> None:
    with pytest.raises(EncoderUnavailable, match=reason) as refused:
        encoder.load(name)
    assert isinstance(refused.value, IndexFailure)
    assert repr(str(name)) in str(refused.value)
    assert "CHIDAO_ENCODER" in str(refused.value)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="holds no model"):
        encoder.load(tmp_path)


@pytest.mark.parametrize("ours", [True, False])
def test_a_damaged_model_is_refused(folder: Path, ours: bool) -> None:
    """A download that broke off leaves a file that is not safetensors."""
    if ours:
        shutil.copyfile(SHIPPED / "tokenizer.json", folder / "tokenizer.json")
    (folder / "model.safetensors").write_bytes(b"\x00" * 10)
    with pytest.raises(EncoderUnavailable, match="cannot load the encoder"):
        encoder.load(folder)


def test_a_name_that_the_hub_cannot_give_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without network, a model that is not in the cache ends in one sentence, not in a stack of errors."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderUnavailable, match=r"no-such-owner/no-such-model.*CHIDAO_ENCODER"):
        encoder.load("no-such-owner/no-such-model")


def test_the_shipped_weights_stay_small() -> None:
    """They travel with every clone: 25 MB at most."""
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= 25_000_000
