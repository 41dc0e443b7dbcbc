using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Events;

/// <summary>What GreenCertificate logs (ERC-1155). The set is closed.</summary>
public abstract record CertificateEvent
{
    private CertificateEvent()
    {
    }

    /// <summary>From the zero address: minted.</summary>
    public sealed record TransferSingle(Address Operator, Address From, Address To, UInt256 Id, UInt256 Value)
        : CertificateEvent;

    public sealed record TransferBatch(
        Address Operator,
        Address From,
        Address To,
        IReadOnlyList<UInt256> Ids,
        IReadOnlyList<UInt256> Values) : CertificateEvent;

    public sealed record ApprovalForAll(Address Account, Address Operator, bool IsApproved) : CertificateEvent;

    internal static CertificateEvent? Read(string name, IReadOnlyList<AbiValue> v) => name switch
    {
        nameof(TransferSingle) => new TransferSingle(
            v[0].AsAddress,
            v[1].AsAddress,
            v[2].AsAddress,
            v[3].AsUInt256,
            v[4].AsUInt256),
        nameof(TransferBatch) => new TransferBatch(
            v[0].AsAddress,
            v[1].AsAddress,
            v[2].AsAddress,
            [.. v[3].Items.Select(item => item.AsUInt256)],
            [.. v[4].Items.Select(item => item.AsUInt256)]),
        nameof(ApprovalForAll) => new ApprovalForAll(v[0].AsAddress, v[1].AsAddress, v[2].AsBool),
        _ => null,
    };
}
