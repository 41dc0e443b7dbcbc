using System.Text.Json;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>The members of an object whose names were checked.</summary>
internal sealed class JsonObjectFields(Dictionary<string, JsonElement> members, string path, GenesisErrors errors)
{
    public JsonField this[string name] =>
        new(members.TryGetValue(name, out JsonElement found) ? found : null, $"{path}.{name}", errors);
}
