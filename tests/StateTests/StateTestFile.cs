using System.Text.Json;
using System.Text.Unicode;

namespace EnergyChain.StateTests;

/// <summary>Reading of a file of ethereum/tests.</summary>
public static class StateTestFile
{
    private const int MaxDepth = 64;

    /// <summary>Kinds of files beside state tests, and a field that only that kind has.</summary>
    private static readonly (string Field, string Kind)[] OtherKinds =
    [
        ("blocks", "blockchain test"), ("engineNewPayloads", "engine test"), ("genesisRLP", "blockchain test"),
        ("result", "transaction test"), ("txbytes", "transaction test"), ("vectors", "EOF test"),
        ("in", "RLP or trie test"),
    ];

    /// <summary>Every case of the file for a fork, and what is skipped because it is of another kind.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its name, for reports.</param>
    /// <param name="fork">The section of the results that is wanted.</param>
    /// <param name="skipped">Tests that have no such cases, each with the reason.</param>
    /// <returns>The cases, in the file's order. They share one document, which stays alive with them.</returns>
    /// <exception cref="FormatException">The bytes are no file of ethereum/tests.</exception>
    public static IReadOnlyList<StateTestCase> Read(
        byte[] bytes, string path, string fork, out IReadOnlyList<StateTestResult> skipped)
    {
        List<StateTestCase> cases = [];
        List<StateTestResult> others = [];
        skipped = others;
        JsonElement root = Parse(bytes);
        if (IsIndex(root))
        {
            others.Add(StateTestResult.OfFile(path, StateTestVerdict.Skipped, "no state test: index of tests"));
            return cases;
        }

        foreach (JsonProperty test in Tests(root))
        {
            if (FindReasonToSkip(test.Value, fork) is string reason)
            {
                others.Add(StateTestResult.OfTest(path, test.Name, StateTestVerdict.Skipped, reason));
                continue;
            }

            foreach (JsonElement post in JsonFields.Items(JsonFields.Field(test.Value, "post"), fork))
            {
                JsonElement indexes = JsonFields.Field(post, "indexes");
                cases.Add(new StateTestCase(
                    path,
                    test.Name,
                    JsonFields.Index(indexes, "data"),
                    JsonFields.Index(indexes, "gas"),
                    JsonFields.Index(indexes, "value"),
                    test.Value,
                    post));
            }
        }

        return cases;
    }

    private static JsonElement Parse(byte[] bytes)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        int start = bytes.AsSpan().StartsWith(byteOrderMark) ? byteOrderMark.Length : 0;
        if (!Utf8.IsValid(bytes))
        {
            throw new FormatException("no UTF-8");
        }

        JsonDocumentOptions options = new() { MaxDepth = MaxDepth };
        try
        {
            return JsonDocument.Parse(bytes.AsMemory(start), options).RootElement;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"no JSON: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<JsonProperty> Tests(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.EnumerateObject().Any())
        {
            throw new FormatException("no object with tests in it");
        }

        return JsonFields.Properties(root);
    }

    /// <summary>The file .meta/index.json that lies beside generated tests.</summary>
    private static bool IsIndex(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && JsonFields.Find(root, "test_cases") is { ValueKind: JsonValueKind.Array };

    private static string? FindReasonToSkip(JsonElement test, string fork)
    {
        if (JsonFields.Find(test, "post") is JsonElement post && JsonFields.Find(test, "transaction") is not null)
        {
            return JsonFields.Find(post, fork) is not JsonElement section ? $"no section for {fork}"
                : section.ValueKind == JsonValueKind.Array && section.GetArrayLength() == 0 ? $"no case for {fork}"
                : null;
        }

        foreach ((string field, string kind) in OtherKinds)
        {
            if (JsonFields.Find(test, field) is not null)
            {
                return $"no state test: {kind}";
            }
        }

        throw new FormatException("no state test: transaction or post is absent");
    }
}
