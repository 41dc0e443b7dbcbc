using EnergyChain.Client.Model;
using EnergyChain.Client.Rpc;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client;

/// <content>Proofs.</content>
public sealed partial class NodeClient
{
    public Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken) => ReadAsync(
        async call => ProofReader.Read<CertifiedHeader>(
            (await _proofs.GetHeaderAsync(new() { Height = height?.Value ?? 0 }, call)).Header),
        cancellationToken);

    public Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<TermLink>>(
            async call =>
            {
                Proto.GetTrustChainResponse chain = await _proofs.GetTrustChainAsync(
                    new() { FromHeight = from.Value }, call);
                return [.. chain.Links.Select(ProofReader.Read<TermLink>)];
            },
            cancellationToken);

    public Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.GetGenesisResponse part = await _proofs.GetGenesisAsync(new() { Offset = offset }, call);
            return new GenesisPart(part.Part.Memory, part.TotalBytes);
        },
        cancellationToken);

    public Task<StateWitness> GetProofAsync(
        IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken) => ReadAsync(
        async call =>
        {
            Proto.GetProofRequest request = new();
            request.Keys.AddRange(queries.Select(KeysOf));
            return ProofReader.Read<StateWitness>((await _proofs.GetProofAsync(request, call)).Witness);
        },
        cancellationToken);

    public Task<StateWitness> GetCallProofAsync(CallMessage message, CancellationToken cancellationToken) => ReadAsync(
        async call => ProofReader.Read<StateWitness>(
            (await _proofs.GetCallProofAsync(RequestOf(message), call)).Witness),
        cancellationToken);

    public Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken) => ReadAsync(
        async call => ProofReader.Read<TransactionProof>(
            (await _proofs.GetTransactionProofAsync(new() { Id = id.ToString() }, call)).Proof),
        cancellationToken);

    private static Proto.ProofKeys KeysOf(ProofQuery query)
    {
        Proto.ProofKeys keys = new() { Address = query.Address.ToString() };
        byte[] bytes = new byte[Hash32.Size];
        foreach (UInt256 slot in query.Slots)
        {
            slot.WriteBigEndian(bytes);
            keys.Slots.Add(ByteString.CopyFrom(bytes));
        }

        return keys;
    }
}
