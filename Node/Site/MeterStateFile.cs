using System.Text.Json;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site;

/// <summary>What the reader knows of the counters, kept over a restart of the node.</summary>
public sealed class MeterStateFile(string path)
{
    /// <summary>
    /// The kept states; null where there are none or the file is damaged: the reader then starts anew.
    /// </summary>
    public IReadOnlyList<DeviceState>? Load()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<List<DeviceState>>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Save(IReadOnlyList<DeviceState> states)
    {
        string partial = path + ".part";
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(states));
        File.Move(partial, path, overwrite: true);
    }
}
