using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>
/// A chain with the compiled Council contract in a folder of its own, and blocks that its whole council has signed.
/// </summary>
internal sealed class GovernedChain : IDisposable
{
    public static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 5).Select(TestKeys.Of)];

    public static readonly ChainParameters Parameters =
        new() { ChainId = new ChainId(7), GasPrice = 1, EpochBlocks = 5 };

    public static readonly Genesis Genesis = MakeGenesis();

    private readonly Dictionary<int, ulong> _nonces = [];
    private readonly ChainOptions _options;
    private DataDirectory? _directory;

    public GovernedChain(ChainOptions options)
    {
        _options = options;
        Root = Directory.CreateTempSubdirectory("energychain-governed-").FullName;
    }

    public string Root { get; }

    public Chain Chain { get; private set; } = null!;

    /// <summary>Five blocks in which three of four members vote for a fifth and for another gas price.</summary>
    public void Vote()
    {
        Commit(
            Send(0, CouncilContract.ProposeAdd(Keys[4].PublicKey, 10)),
            Send(0, CouncilContract.ProposeParameter(CouncilParameter.GasPrice, 2, 10)));
        Commit(Send(1, CouncilContract.Approve(1)), Send(1, CouncilContract.Approve(2)));
        Commit(Send(2, CouncilContract.Approve(1)), Send(2, CouncilContract.Approve(2)));
        Commit();
        Commit();
    }

    public void Commit(params Transaction[] transactions) => Commit([], transactions);

    public void Commit(params Evidence[] evidence) => Commit(evidence, []);

    public void Commit() => Commit([], []);

    public void Commit(Evidence[] evidence, Transaction[] transactions)
    {
        CommittedBlock block = Next(evidence, transactions, Chain.Head.ChangedTerm);
        Assert.That(Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
        Chain.TryGetReceipts(block.Block.Height, out IReadOnlyList<Receipt>? receipts);
        Assert.That(receipts!.All(receipt => receipt.Succeeded));
    }

    public CommittedBlock Next(Evidence[] evidence, Transaction[] transactions, Term? next)
    {
        ChainHead head = Chain.Head;
        BlockHeader header = new()
        {
            ChainId = Genesis.ChainId,
            Height = head.Height.Next,
            Time = head.Time.AddMs(1_000),
            ParentHash = head.Hash,
            TransactionsRoot = Block.TransactionsRootOf(transactions.Select(transaction => transaction.Id)),
            ParentStateRoot = head.StateRoot,
            ParentReceiptsRoot = head.ReceiptsRoot,
            ParentGasUsed = head.GasUsed,
            TermHash = head.Term.Hash,
            NextTermHash = (next ?? head.Term).Hash,
            Proposer = Keys[0].Address,
            LastCertificateHash = head.Certificate?.Hash ?? Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf(evidence),
        };
        byte[] signed = Core.Chain.Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        CommitCertificate certificate = new(
            header.Height,
            Round.Zero,
            header.Hash,
            [.. Enumerable.Range(0, head.Council.Count)],
            [
                .. head.Council.Members.Select(member => Keys.Single(key => key.PublicKey == member.PublicKey)
                    .Sign(SigningDomain.Vote, Genesis.ChainId, signed)),
            ]);
        return new CommittedBlock(new Block(header, head.Certificate, evidence, transactions, next), certificate);
    }

    /// <summary>Three of four members have a record erased; the chain is then at the height of that epoch.</summary>
    public RecordErasure Erase(Hash32 transactionId, ErasureGround ground = ErasureGround.Court)
    {
        Transaction proposal = Send(0, CouncilContract.ProposeErase(transactionId, ground, 100));
        Commit(proposal);
        Chain.TryGetReceipts(Chain.Head.Height, out IReadOnlyList<Receipt>? receipts);
        CouncilContract.TryDecodeId(receipts![0].Output.Span, out ulong id);
        Commit(Send(1, CouncilContract.Approve(id)), Send(2, CouncilContract.Approve(id)));
        while (Chain.Erasures.All.All(known => known.TransactionId != transactionId))
        {
            Assert.That(Chain.Head.Height.Value, Is.LessThan(1_000), "the decision never came");
            Commit();
        }

        return Chain.Erasures.All.Single(known => known.TransactionId == transactionId);
    }

    public Transaction Send(int member, byte[] data, ulong gasPrice = 1, byte[]? memo = null)
    {
        ulong nonce = _nonces.GetValueOrDefault(member);
        _nonces[member] = nonce + 1;
        return new TransactionBody
        {
            ChainId = Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(2_000_000),
            GasPrice = gasPrice,
            To = CouncilContract.Address,
            Data = data,
            ValidUntil = new Height(1_000),
            MemoHash = memo is null ? default : Blake2b.Hash(memo),
        }.Sign(Keys[member], null, memo is null ? default(ReadOnlyMemory<byte>?) : memo);
    }

    public void Open()
    {
        _directory = DataDirectory.Open(Root, Genesis.Hash, new PhysicalDisk());
        Chain = Chain.Open(Genesis, _directory, _options, NullLogger.Instance);
    }

    public void Close()
    {
        Chain?.Dispose();
        _directory?.Dispose();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Root, recursive: true);
    }

    private static Genesis MakeGenesis()
    {
        PublicKey[] members = [.. Keys.Take(4).Select(key => key.PublicKey)];
        GenesisContract contract = GenesisContracts.Council(members, Parameters);
        GenesisAccount account = new(
            contract.Address,
            contract.Balance,
            contract.RuntimeCode,
            [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value)).OrderBy(slot => slot.Key)]);
        IEnumerable<GenesisAccount> funds =
            Keys.Select(key => new GenesisAccount(key.Address, 1_000_000_000_000, default, []));
        return new Genesis(
            new BlockTime(1_700_000_000_000),
            Parameters,
            new Council(members.Select(key => new CouncilMember(key))),
            [.. funds.Append(account).OrderBy(each => each.Address)]);
    }
}
