namespace EnergyChain.Core.Crypto;

/// <summary>
/// Asserts at start-up that the library at hand accepts exactly the signatures the chain's rule accepts. Two nodes
/// whose libraries decide otherwise would disagree about blocks, so such a node must not start.
/// </summary>
public static class Ed25519SelfCheck
{
    // Cases of "Taming the many EdDSAs" (eprint 2020/1244, table 6c). 3: torsion in A and R, both equations hold;
    // 4: only the cofactored one holds; 0: small order; 6: S not below the group order.
    private static readonly (string Message, string Key, string Signature, bool Accepted)[] Cases =
    [
        ("9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
         "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
         "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f"
         + "87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009", true),
        ("e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
         "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
         "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512"
         + "5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09", false),
        ("8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
         "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
         + "0000000000000000000000000000000000000000000000000000000000000000", false),
        ("85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
         "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
         "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e"
         + "547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514", false),
    ];

    /// <summary>Throws <see cref="InvariantException"/> where the library's rule is not the chain's.</summary>
    public static void Run() => Run(static (key, message, signature) => Ed25519.Verify(key, message, signature));

    /// <summary>As <see cref="Run()"/>, of a library at choice.</summary>
    internal static void Run(Func<PublicKey, byte[], Signature, bool> verify)
    {
        foreach ((string message, string key, string signature, bool accepted) in Cases)
        {
            bool verified = verify(
                new PublicKey(Convert.FromHexString(key)),
                Convert.FromHexString(message),
                new Signature(Convert.FromHexString(signature)));
            if (verified != accepted)
            {
                throw new InvariantException(
                    $"This libsodium {(verified ? "accepts" : "refuses")} the Ed25519 signature "
                    + $"0x{signature[..16]}... that the chain's rule does not; install the pinned release.");
            }
        }
    }
}
