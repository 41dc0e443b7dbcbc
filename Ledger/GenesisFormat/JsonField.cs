using System.Globalization;
using System.Text.Json;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>
/// A place in the file: its element, its path and the errors that are shared by all places. Once something was wrong
/// every read gives a default, so that readers are straight-line code and the first error is the one reported.
/// </summary>
internal readonly struct JsonField(JsonElement? element, string path, GenesisErrors errors)
{
    private const int MaxShownCharacters = 60;

    public bool IsMissing => element is null;

    public JsonField Fail(string allowed)
    {
        string text = element?.GetRawText() ?? "";
        string shown = text.Length <= MaxShownCharacters
            ? text
            : string.Concat(text.AsSpan(0, MaxShownCharacters), "...");
        errors.Add(new GenesisError(path, shown.ReplaceLineEndings(" "), allowed));
        return this;
    }

    /// <summary>The members of an object, each known and none twice; null where it is no such object.</summary>
    public JsonObjectFields? AsObject(params string[] known)
    {
        if (element is not { ValueKind: JsonValueKind.Object } present)
        {
            Fail($"an object with {string.Join(", ", known)}");
            return null;
        }

        Dictionary<string, JsonElement> members = [];
        foreach (JsonProperty property in present.EnumerateObject())
        {
            JsonField member = new(property.Value, $"{path}.{property.Name}", errors);
            if (!known.Contains(property.Name))
            {
                member.Fail($"absent: known here are {string.Join(", ", known)}");
            }
            else if (!members.TryAdd(property.Name, property.Value))
            {
                member.Fail("given once");
            }
        }

        return new JsonObjectFields(members, path, errors);
    }

    /// <summary>The members of an object whose names are data, in file order; empty after an error.</summary>
    public IEnumerable<(string Name, JsonField Field)> AsMap(string allowed, int limit)
    {
        if (element is not { ValueKind: JsonValueKind.Object } present || present.GetPropertyCount() > limit)
        {
            Fail($"{allowed}, at most {limit.ToString(CultureInfo.InvariantCulture)}");
            yield break;
        }

        foreach (JsonProperty property in present.EnumerateObject())
        {
            yield return (property.Name, new JsonField(property.Value, $"{path}[\"{property.Name}\"]", errors));
        }
    }

    /// <summary>The elements of a list; empty after an error.</summary>
    public IEnumerable<JsonField> AsList(string allowed, int limit)
    {
        if (element is not { ValueKind: JsonValueKind.Array } present || present.GetArrayLength() > limit)
        {
            Fail($"{allowed}, at most {limit.ToString(CultureInfo.InvariantCulture)}");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in present.EnumerateArray())
        {
            string place = $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]";
            yield return new JsonField(item, place, errors);
            index++;
        }
    }

    public string AsText(string allowed)
    {
        if (element is { ValueKind: JsonValueKind.String } present)
        {
            return present.GetString() ?? "";
        }

        Fail(allowed);
        return "";
    }

    public ulong AsNumber(ulong least, ulong most)
    {
        if (element is { ValueKind: JsonValueKind.Number } present
            && present.TryGetUInt64(out ulong value)
            && value >= least
            && value <= most)
        {
            return value;
        }

        Fail(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return least;
    }

    /// <summary>A decimal string without sign or leading zeros.</summary>
    public UInt256 AsAmount(in UInt256 most, string allowed)
    {
        string text = AsText(allowed);
        bool digits = text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        bool canonical = digits && (text[0] != '0' || text.Length == 1);
        if (canonical && UInt256.TryParse(text, out UInt256 value) && value <= most)
        {
            return value;
        }

        Fail(allowed);
        return default;
    }

    public byte[] AsBytes(int limit)
    {
        string allowed = string.Create(
            CultureInfo.InvariantCulture, $"0x and an even number of hex digits, at most {limit} bytes");
        string text = AsText(allowed);
        if (text.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(text, limit, out byte[] bytes))
        {
            return bytes;
        }

        Fail(allowed);
        return [];
    }
}
