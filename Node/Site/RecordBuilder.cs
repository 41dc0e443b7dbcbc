using System.Text.Json;
using EnergyChain.Contracts;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site;

/// <summary>Makes the record that a device signs from what the meters gave for a slot.</summary>
public static class RecordBuilder
{
    /// <summary>
    /// The record of a complete reading; null where a value is missing or the meters contradict each other, for
    /// nothing is guessed. The slot number is the sequence: it only grows.
    /// </summary>
    public static MeterRecord? TryBuild(IntervalReading reading, Hash32 readingsHash)
    {
        bool isUsable = reading.Quality is ReadingQuality.Exact or ReadingQuality.Interpolated;
        if (!isUsable || reading.ConsumedWh is not { } consumed)
        {
            return null;
        }

        return new MeterRecord(
            (ulong)reading.Slot,
            (ulong)reading.ImportedWh!.Value,
            (ulong)reading.ExportedWh!.Value,
            (ulong)reading.ProducedWh!.Value,
            (ulong)consumed,
            (ulong)(reading.StoredWh ?? 0),
            (ulong)reading.TotalImportedWh!.Value,
            (ulong)reading.TotalExportedWh!.Value,
            (ulong)reading.TotalProducedWh!.Value,
            (ulong)reading.Slot,
            readingsHash);
    }

    /// <summary>H(salt || raw reading as JSON): the salt keeps a reading from being guessed from its hash.</summary>
    public static Hash32 HashOf(ReadOnlySpan<byte> salt, IntervalReading reading) =>
        Blake2b.Hash([.. salt, .. JsonSerializer.SerializeToUtf8Bytes(reading)]);
}
