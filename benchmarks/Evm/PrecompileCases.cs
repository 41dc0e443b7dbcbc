using System.Security.Cryptography;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Precompiles;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>
/// What each precompile's gas buys, at small, usual and worst inputs. A row far below the interpreter's Mgas/s is a
/// price too low. Outputs are given as their Keccak-256, computed apart from this project (Python's hashlib and pow,
/// a reference BLAKE2F, revm).
/// </summary>
internal static class PrecompileCases
{
    // So much work a run that the loop around the calls is warm and a call over HTTP does not matter.
    private const ulong GasOfRun = 3_000_000;
    private const int MaxRounds = 20_000;
    private const string HashOfOne = "b10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6";

    // A sound signature of go-ethereum's vectors: hash, v, r, s.
    private const string RecoverableSignature =
        "18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c"
        + "000000000000000000000000000000000000000000000000000000000000001c"
        + "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"
        + "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549";

    public static IReadOnlyList<BytecodeCase> Create() => [.. Hashes(), .. Powers(), .. Signatures()];

    private static IEnumerable<BytecodeCase> Hashes() =>
    [
        Case("sha256-64", 2, Pattern(64, 1), 32, 84,
            "0ffd09ebd20927de0b3220797f1ae35fc6f4c47921e7f8794f3c27a2c91caedd"),
        Case("sha256-8192", 2, Pattern(8_192, 1), 32, 3_132,
            "ed6b2b8575e290b695b7a27d31dc4b0043bdeae231dbc28f23db65f5c1d28fab"),
        Case("ripemd160-64", 3, Pattern(64, 1), 32, 840,
            "76f41b829bf67edd79509b655e2eaec2e7cc0de127155ce6d0866b39375bdba9"),
        Case("ripemd160-8192", 3, Pattern(8_192, 1), 32, 31_320,
            "60721a891ff7d4f7be0128a6e69b2107fce05eeb4ae0366ffa45a1191ef2c42d"),
        Case("identity-64", 4, Pattern(64, 1), 64, 21,
            "a8c181850f22f2653a08d701ca8dd889b00efa263747a38d4092630d97a3b67d"),
        Case("identity-8192", 4, Pattern(8_192, 1), 8_192, 783,
            "889d6b7768b8906deec2f3c737a65549e8d1e183583f9f8fed602cdb60ed2647"),
        Case("blake2f-12", 9, Compression(12), 64, 12,
            "8dfbd5dcf7d47bf9d8e2f76f0426d872e46203076681d34fce1c372a8469193c"),
        Case("blake2f-100000", 9, Compression(100_000), 64, 100_000,
            "8738b0c6bc37168b1f3aa3c2d5068df52d2c10da2644915c592560825d42bcfb"),
    ];

    private static IEnumerable<BytecodeCase> Powers() =>
    [
        Case("modexp-32", 5, Power(32, Number(32, 2), isOdd: true), 32, 1_360,
            "52656b38b6701ce9d88e3e7e26764ba3f40013d2ddbabf758890515f2122c4f6"),
        Case("modexp-32-even", 5, Power(32, Number(32, 2), isOdd: false), 32, 1_360,
            "cb3b34cddc6c30fff5dae2299e7c521dc1680abb4f21fe6e45bf7cc78a130d75"),
        Case("modexp-40-floor", 5, Power(40, [0x01, 0xFF, 0xFF, 0xFF], isOdd: true), 40, 200,
            "b845b6126779e22c7264193e984af9b2c7e4e2345a8945af51b12a78d35d5a31"),
        Case("modexp-256-cube", 5, Power(256, [3], isOdd: true), 256, 341,
            "7d4d15ab70143a5e51e6e4aa1ee2982a84feeb3a8cfd38de711196f32d3c61b0"),
        Case("modexp-256-65537", 5, Power(256, [1, 0, 1], isOdd: true), 256, 5_461,
            "331739299aa9057326d76f08b129cda7247726cd01e2eee2da592722ab3ccdad"),
        Case("modexp-256-full", 5, Power(256, Number(256, 2), isOdd: true), 256, 698_709,
            "5afe22170ad4f452a08f452b6c3a908da3d1a084844ac6b08625bc5562e7a3e0"),
        Case("modexp-256-full-even", 5, Power(256, Number(256, 2), isOdd: false), 256, 698_709,
            "97ec752967df48c463060c212f784c7253dfcba8f86fe7ec111d6d7f876feba7"),
        Case("modexp-1024-65537", 5, Power(1_024, [1, 0, 1], isOdd: true), 1_024, 87_381,
            "a3ca050957add69d81041ba0cdfc8f97615501b3b7fdf18d8a87c612d318fb63"),
    ];

    private static IEnumerable<BytecodeCase> Signatures() =>
    [
        Case("ecrecover", 1, Convert.FromHexString(RecoverableSignature), 32, 3_000,
            "fdd74fa3d345d4028b5e3a80e42fd6abd1df2b197c668474edb274e1e660f90c"),
        Case("ed25519-32", PrecompileTable.Ed25519Address, Signed(32), 32, 3_048, HashOfOne, isEthereum: false),
        Case("ed25519-8192", PrecompileTable.Ed25519Address, Signed(8_192), 32, 6_108, HashOfOne, isEthereum: false),
    ];

    private static BytecodeCase Case(
        string name, uint number, byte[] input, int outputBytes, ulong price, string outputHash) =>
        Case(name, Address.FromNumber(number), input, outputBytes, price, outputHash, isEthereum: true);

    private static BytecodeCase Case(
        string name, Address address, byte[] input, int outputBytes, ulong price, string outputHash, bool isEthereum)
    {
        int rounds = (int)Math.Clamp(GasOfRun / price, 1, MaxRounds);
        Hash32 hash = new(Convert.FromHexString(outputHash));
        return new BytecodeCase(
            name,
            BenchmarkGroup.Precompiles,
            PrecompileLoop.Create(address, input, outputBytes, price, rounds, hash, isEthereum));
    }

    /// <summary>Bytes without a pattern that an implementation could profit from, the same in every run.</summary>
    private static byte[] Pattern(int length, byte seed)
    {
        IEnumerable<byte> bytes = Enumerable.Range(0, (length + 31) / 32)
            .SelectMany(block => SHA256.HashData([seed, (byte)(block & 0xFF)]));
        return [.. bytes.Take(length)];
    }

    /// <summary>A number that fills its length.</summary>
    private static byte[] Number(int length, byte seed)
    {
        byte[] number = Pattern(length, seed);
        number[0] |= 0x80;
        return number;
    }

    private static byte[] Power(int size, byte[] exponent, bool isOdd)
    {
        byte[] modulus = Number(size, 3);
        modulus[^1] = (byte)(isOdd ? modulus[^1] | 1 : modulus[^1] & 0xFE);
        byte[] value = Pattern(size, 1);
        return [.. Length(size), .. Length(exponent.Length), .. Length(size), .. value, .. exponent, .. modulus];
    }

    private static byte[] Length(int value) => [.. new byte[30], (byte)(value >> 8), (byte)(value & 0xFF)];

    private static byte[] Compression(int rounds) =>
        [0, (byte)(rounds >> 16), (byte)((rounds >> 8) & 0xFF), (byte)(rounds & 0xFF), .. Pattern(208, 9), 1];

    private static byte[] Signed(int length)
    {
        using SigningKey key = SigningKey.FromSeed(Pattern(SigningKey.SeedSize, 4));
        byte[] message = Pattern(length, 5);
        return [.. key.PublicKey.ToArray(), .. key.Sign(message).ToArray(), .. message];
    }
}
