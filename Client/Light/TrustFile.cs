using System.Security.Cryptography;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Light;

/// <summary>
/// The file in which a light client keeps what it has proven: "ECTRUST1", the canonical bytes of a
/// <see cref="TrustedState"/>, BLAKE2b-256 of all before. Written whole or not at all. Losing it costs the way from
/// genesis and the knowledge of how far the chain had come, so damage is told and not hidden. Not thread-safe.
/// </summary>
/// <param name="directory">Holds one file for each genesis.</param>
/// <param name="genesisHash">The genesis.</param>
public sealed class TrustFile(string directory, Hash32 genesisHash)
{
    /// <summary>Bytes of the file: the terms are most of it.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private static readonly byte[] Magic = "ECTRUST1"u8.ToArray();

    public string Path { get; } = System.IO.Path.Combine(directory, $"{genesisHash}.trust");

    /// <summary>
    /// Null where nothing is kept, or where it cannot be used; then <paramref name="problem"/> says why.
    /// </summary>
    public TrustedState? Read(out string problem)
    {
        problem = "";
        try
        {
            if (!File.Exists(Path))
            {
                return null;
            }

            byte[] bytes = new FileInfo(Path).Length <= MaxBytes ? File.ReadAllBytes(Path) : [];
            if (Parse(bytes) is { } state)
            {
                return state;
            }

            problem = $"{Path} is damaged or of another version, so the proof begins at the genesis again.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"{Path} cannot be read, so the proof begins at the genesis again: {failure.Message}";
        }

        return null;
    }

    /// <summary>Replaces what is kept; what went wrong, in a sentence, or nothing.</summary>
    public string Write(TrustedState state)
    {
        byte[] content = [.. Magic, .. Bcs.Encode(state)];
        string beside = $"{Path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        try
        {
            Directory.CreateDirectory(directory);
            using (FileStream file = new(beside, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write([.. content, .. Blake2b.Hash(content).ToArray()]);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, Path, overwrite: true);
            return "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{Path} cannot be written, so what was proven is not remembered: {failure.Message}";
        }
    }

    private TrustedState? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + Hash32.Size || !bytes.StartsWith(Magic))
        {
            return null;
        }

        ReadOnlySpan<byte> content = bytes[..^Hash32.Size];
        return Blake2b.Hash(content) == new Hash32(bytes[^Hash32.Size..])
            && Bcs.TryDecode(content[Magic.Length..], out TrustedState? state, out _)
            && state.GenesisHash == genesisHash
                ? state
                : null;
    }
}
