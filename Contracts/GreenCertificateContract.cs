using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Events;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>The certificates (ERC-1155) at their fixed address; one unit is one Wh. Thread-safe.</summary>
public static class GreenCertificateContract
{
    public static Address Address { get; } = Address.FromNumber(0x1003);

    public static ContractArtifact Artifact { get; } = ContractArtifact.Load("GreenCertificate");

    /// <summary>slot x 256 + source.</summary>
    public static UInt256 CertificateId(ulong slot, EnergySource source) => new((slot << 8) | (byte)source, slot >> 56);

    public static byte[] SafeTransferFrom(Address from, Address to, UInt256 id, UInt256 value) =>
        Artifact.Abi.Function("safeTransferFrom").EncodeCall(from, to, id, value, Array.Empty<byte>());

    public static ContractQuery<UInt256> BalanceOf(Address account, UInt256 id) =>
        new(Artifact.Abi.Function("balanceOf"), results => results[0].AsUInt256, account, id);

    /// <summary>Reads a log whose address is <see cref="Address"/>.</summary>
    public static bool TryDecodeEvent(
        IReadOnlyList<Hash32> topics,
        ReadOnlySpan<byte> data,
        out CertificateEvent? happening)
    {
        bool decoded = Artifact.Abi.TryDecodeEvent(topics, data, out string name, out IReadOnlyList<AbiValue> values);
        happening = decoded ? CertificateEvent.Read(name, values) : null;
        return happening is not null;
    }
}
