using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using static EnergyChain.Client.Rpc.AnswerFields;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Rpc;

/// <summary>Messages of the chain and node services as the client's own types.</summary>
internal static class AnswerReader
{
    public static NodeStatusInfo Status(Proto.NodeStatus status) => new()
    {
        Version = status.Version,
        Name = status.NodeName,
        Role = status.Role,
        ChainId = new ChainId(status.ChainId),
        GenesisHash = Hash(status.GenesisHash),
        Height = new Height(status.Height),
        HeadHash = Hash(status.HeadHash),
        HeadTime = new BlockTime(status.HeadTimeMs),
        StateRoot = Hash(status.StateRoot),
        Peers = status.Peers,
        PoolTransactions = status.PoolTransactions,
        PoolBytes = status.PoolBytes,
        IsSyncing = status.Syncing,
        BestKnownHeight = new Height(status.BestKnownHeight),
        HasIndex = status.IndexEnabled,
        CouncilSize = status.CouncilSize,
        SiteFaults = [.. status.SiteFaults.Select(fault => new SiteFaultInfo(
            fault.Site, fault.Device, fault.State, fault.Reason, new BlockTime(fault.SinceMs)))],
    };

    public static PeerInfo Peer(Proto.Peer peer) => new(
        peer.NodeKey, peer.Endpoint, peer.Role, new Height(peer.Height), peer.Connected, peer.Outbound, peer.Score)
    {
        ConnectedSince = new BlockTime(peer.ConnectedSinceMs),
    };

    public static ChainInfo Chain(Proto.Parameters parameters) => new(
        new ChainId(parameters.ChainId),
        Hash(parameters.GenesisHash),
        TimeSpan.FromMilliseconds(parameters.BlockIntervalMs),
        new Gas(parameters.TransactionGasLimit),
        Amount(parameters.GasPrice),
        parameters.MaxValidityBlocks,
        [.. parameters.Council.Select(Address)]);

    public static AccountInfo Account(Proto.Account account) => new(
        Address(account.Address),
        account.Nonce,
        account.NextNonce,
        Amount(account.Balance),
        account.CodeBytes,
        account.Exists,
        new Height(account.Height));

    public static BlockInfo Block(Proto.Block block) => new()
    {
        Height = new Height(block.Height),
        Hash = Hash(block.Hash),
        Time = new BlockTime(block.TimeMs),
        ParentHash = Hash(block.ParentHash),
        ParentStateRoot = Hash(block.ParentStateRoot),
        Proposer = Address(block.Proposer),
        CommitRound = block.CommitRound,
        CommitSignatures = block.CommitSignatures,
        CommitSigners = [.. block.CommitSigners],
        TermHash = Hash(block.TermHash),
        Evidence = block.EvidenceCount,
        GasUsed = new Gas(block.GasUsed),
        TransactionIds = [.. block.TransactionIds.Select(Hash)],
    };

    public static TransactionInfo Transaction(Proto.Transaction transaction) => new(
        Hash(transaction.Id),
        (TransactionState)(int)transaction.Status,
        transaction.Body is { } body ? Body(body) : null,
        transaction.Receipt is { } receipt ? Receipt(receipt) : null);

    public static CallResult Call(Proto.CallResponse call) =>
        new(call.Succeeded, call.Output.Memory, new Gas(call.GasUsed), call.Failure);

    public static LogInfo Log(Proto.Log log) =>
        new(Address(log.Address), log.Name, [.. log.Topics.Select(Hash)], log.Data.Memory);

    private static TransactionBodyInfo Body(Proto.TransactionBody body) => new(
        Address(body.Sender),
        body.Nonce,
        OptionalAddress(body.To),
        Amount(body.Value),
        body.Data.Memory,
        new Gas(body.GasLimit),
        Amount(body.GasPrice),
        new Height(body.ValidUntil),
        OptionalAddress(body.FeePayer),
        body.Memo.Memory);

    private static ReceiptInfo Receipt(Proto.Receipt receipt) => new(
        new Height(receipt.Height),
        receipt.Index,
        new BlockTime(receipt.TimeMs),
        receipt.Succeeded,
        new Gas(receipt.GasUsed),
        Amount(receipt.Fee),
        OptionalAddress(receipt.CreatedContract),
        receipt.Output.Memory,
        receipt.Failure,
        [.. receipt.Logs.Select(Log)]);
}
