using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site;

/// <summary>
/// The raw readings that stay on site: one JSON line a slot with the salt whose hash stands in the record, a file a
/// day. Who is shown a line can check it against the chain; nobody else learns anything. Not thread-safe.
/// </summary>
public sealed class ReadingsArchive(string directory, TimeProvider time)
{
    private const int SaltBytes = 16;

    /// <summary>Keeps a reading and gives the hash that the record carries.</summary>
    public Hash32 Keep(IntervalReading reading)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Hash32 hash = RecordBuilder.HashOf(salt, reading);
        Directory.CreateDirectory(directory);
        string day = time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string line = JsonSerializer.Serialize(
            new { hash = hash.ToString(), salt = Hex.Encode(salt), reading });
        File.AppendAllText(Path.Combine(directory, $"readings-{day}.jsonl"), line + "\n");
        return hash;
    }
}
