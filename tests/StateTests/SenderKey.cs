using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Math;

namespace EnergyChain.StateTests;

/// <summary>Ethereum's sender: the address of a secp256k1 key.</summary>
internal static class SenderKey
{
    public static Address SenderOf(JsonElement transaction) =>
        JsonFields.Find(transaction, "sender") is JsonElement sender
            ? JsonFields.Address(sender)
            : OfSecretKey(JsonFields.Bytes(JsonFields.Field(transaction, "secretKey")));

    /// <summary>Keccak-256 of the public key's coordinates, the last 20 bytes.</summary>
    public static Address OfSecretKey(byte[] secretKey)
    {
        byte[] point = SecNamedCurves.GetByName("secp256k1").G
            .Multiply(new BigInteger(1, secretKey)).Normalize().GetEncoded(compressed: false);
        return new Address(Keccak256.Hash(point.AsSpan(1)).ToArray().AsSpan(12));
    }
}
