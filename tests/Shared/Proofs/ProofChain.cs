using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Tests;

/// <summary>
/// A chain in memory with a real genesis, state and signatures, whose blocks the test writes; nothing is executed but
/// calls. It proves as a node does, and each of its answers can be bent on the way out.
/// </summary>
internal sealed class ProofChain : IProofClient
{
    public const ulong StartMs = 1_700_000_000_000;

    private readonly List<CertifiedHeader> _headers = [];
    private readonly List<IReadOnlyList<(Transaction Transaction, Receipt Receipt)>> _contents = [];
    private readonly List<TermLink> _links = [];
    private readonly WorldState _state;
    private Term _term;
    private Term? _next;

    public ProofChain(int seed = 0, params GenesisAccount[] accounts)
    {
        ChainParameters parameters = new() { ChainId = new ChainId(7), EpochBlocks = 100 + (ulong)seed };
        Council council = CouncilOf(1, 2, 3, 4);
        Genesis = new Genesis(
            new BlockTime(StartMs),
            parameters,
            council,
            [.. accounts.Concat(Contracts(council, parameters)).OrderBy(static account => account.Address)]);
        _state = WorldState.FromGenesis(Genesis);
        _term = Genesis.Term;
        Append();
    }

    public Genesis Genesis { get; }

    public CertifiedHeader Head => _headers[^1];

    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds((long)Head.Header.Time.UnixMs);

    /// <summary>Which members sign the next blocks.</summary>
    public int[] Signers { get; set; } = [1, 2, 3];

    public Func<Height?, CertifiedHeader, CertifiedHeader> OnHeader { get; set; } = static (_, header) => header;

    public Func<IReadOnlyList<TermLink>, IReadOnlyList<TermLink>> OnLinks { get; set; } = static links => links;

    public Func<byte[], byte[]> OnGenesis { get; set; } = static genesis => genesis;

    public Func<StateWitness, StateWitness> OnWitness { get; set; } = static witness => witness;

    public Func<TransactionProof, TransactionProof> OnTransaction { get; set; } = static proof => proof;

    /// <summary>How often it was asked for anything.</summary>
    public int Asked { get; private set; }

    public static SigningKey Key(int number) => SigningKey.FromSeed(Blake2b.Hash([(byte)number]).ToArray());

    public static Council CouncilOf(params int[] members) =>
        new(members.Select(static number => new CouncilMember(Key(number).PublicKey)));

    /// <summary>A header certified by these keys, of whom each is a member of the term's council.</summary>
    public static CertifiedHeader Certify(BlockHeader header, Council council, params int[] signers)
    {
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        SigningKey[] keys =
            [.. signers.Select(Key).OrderBy(key => council.IndexOf(key.PublicKey))];
        return new CertifiedHeader(header, new CommitCertificate(
            header.Height,
            Round.Zero,
            header.Hash,
            [.. keys.Select(key => council.IndexOf(key.PublicKey))],
            [.. keys.Select(key => key.Sign(SigningDomain.Vote, header.ChainId, signed))]));
    }

    /// <summary>A block that changes these accounts, with these transactions in it.</summary>
    public CertifiedHeader Append(
        StateChanges? changes = null,
        Term? next = null,
        params (Transaction Transaction, Receipt Receipt)[] contents)
    {
        Term term = _next ?? _term;
        BlockHeader header = new()
        {
            ChainId = Genesis.ChainId,
            Height = new Height((ulong)_headers.Count + 1),
            Time = new BlockTime(StartMs + (1_000 * ((ulong)_headers.Count + 1))),
            ParentHash = _headers.Count == 0 ? Genesis.Hash : Head.Header.Hash,
            TransactionsRoot = Block.TransactionsRootOf(contents.Select(static each => each.Transaction.Id)),
            ParentStateRoot = _state.Root,
            ParentReceiptsRoot = _contents.Count == 0
                ? Hash32.Zero
                : MerkleTree.Root([.. _contents[^1].Select(static each => each.Receipt.Hash)]),
            ParentGasUsed = default,
            TermHash = term.Hash,
            NextTermHash = (next ?? term).Hash,
            Proposer = Key(1).Address,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Hash32.Zero,
        };
        _headers.Add(Certify(header, term.Council, Signers));
        _contents.Add(contents);
        _state.Apply(changes ?? new StateChanges([], [], []));
        if (next is not null)
        {
            _links.Add(new TermLink(header, Head.Certificate, next));
        }

        (_term, _next) = (term, next);
        return Head;
    }

    /// <summary>A block after which an account has this coin, and one that states it.</summary>
    public void Pay(Address account, UInt256 balance)
    {
        _state.TryGetAccount(account, out AccountState state);
        Append(new StateChanges(
            [new AccountChange(
                account,
                new AccountState(state.Nonce + 1, balance, AccountState.EmptyCodeHash),
                WipesStorage: false)],
            [],
            []));
        Append();
    }

    public CertifiedHeader HeaderAt(ulong height) => _headers[(int)height - 1];

    public Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult(OnHeader(height, height is { } at ? HeaderAt(at.Value) : Head));
    }

    public Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult(OnLinks([.. _links.Where(link => link.Header.Height >= from)]));
    }

    public Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken)
    {
        const int partBytes = 10_000;
        Asked++;
        byte[] genesis = OnGenesis(Bcs.Encode(Genesis));
        return Task.FromResult(new GenesisPart(
            genesis.AsMemory((int)offset, Math.Min(partBytes, genesis.Length - (int)offset)), (ulong)genesis.Length));
    }

    public Task<StateWitness> GetProofAsync(
        IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult(OnWitness(new StateWitness(Head, [.. queries.Select(Prove)])));
    }

    public Task<StateWitness> GetCallProofAsync(Client.Model.CallMessage message, CancellationToken cancellationToken)
    {
        Asked++;
        BlockHeader header = Head.Header;
        ChainParameters parameters = _term.Parameters;
        Recorder recorder = new(_state);
        BlockEnvironment block = new(
            header.ChainId, header.Height, header.Time.UnixSeconds, header.Proposer, parameters.BlockGasLimit,
            UInt256.Zero, header.ParentHash, new NoHashes());
        ReadOnlyCall.Run(
            new EvmMachine(CodeEngine.Interpreter),
            block,
            parameters.GasPrice,
            new Vm.CallMessage(message.From, message.To, message.Value, message.Data, message.GasLimit!.Value.Value),
            recorder,
            hashSeed: 0);
        return Task.FromResult(OnWitness(new StateWitness(
            Head,
            [.. recorder.Read.Select(each => Prove(new ProofQuery(each.Key, [.. each.Value])))])));
    }

    public Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken)
    {
        Asked++;
        int place = _contents.FindIndex(block => block.Any(each => each.Transaction.Id == id));
        Hash32[] ids = [.. _contents[place].Select(static each => each.Transaction.Id)];
        int index = Array.IndexOf(ids, id);
        ReceiptProof? outcome = place + 1 == _headers.Count
            ? null
            : new ReceiptProof(
                _headers[place + 1],
                _contents[place][index].Receipt,
                ListProof.Of([.. _contents[place].Select(static each => each.Receipt.Hash)], index));
        return Task.FromResult(OnTransaction(new TransactionProof(
            _headers[place], _contents[place][index].Transaction, ListProof.Of(ids, index), outcome)));
    }

    public ReadOnlyMemory<byte> CodeOf(Address address) =>
        _state.TryGetAccount(address, out AccountState account) ? _state.GetCode(account.CodeHash) : default;

    private StorageProof Prove(ProofQuery query)
    {
        AccountProof account = new(query.Address, Before(query.Address), _state.ProveAccountBefore(query.Address));
        return new StorageProof(account, [.. query.Slots.Select(slot => new SlotProof(
            slot, _state.GetStorage(query.Address, slot), _state.ProveSlotBefore(query.Address, slot)))]);
    }

    // The newest block of a test changes nothing where values are asked for: it only states the root.
    private AccountValue? Before(Address address) => _state.TryGetAccount(address, out AccountState account)
        ? new AccountValue(account.Nonce, account.Balance, account.CodeHash)
        : null;

    private static IEnumerable<GenesisAccount> Contracts(Council council, ChainParameters parameters) =>
        GenesisContracts.Create(new GenesisContractParameters
        {
            Operator = Key(1).Address,
            GridAccount = Address.FromNumber(0x617D),
            Sites = [new GenesisSite(1, Key(5).Address), new GenesisSite(2, Key(6).Address)],
        })
        .Append(GenesisContracts.Council([.. council.Members.Select(static member => member.PublicKey)], parameters))
        .Select(static contract => new GenesisAccount(
            contract.Address,
            contract.Balance,
            contract.RuntimeCode,
            [.. contract.Storage.Select(static slot => new StorageSlot(slot.Key, slot.Value))]));

    private sealed class NoHashes : IBlockHashes
    {
        public Hash32 GetBlockHash(Height height) => Hash32.Zero;
    }

    private sealed class Recorder(WorldState state) : IStateReader
    {
        public SortedDictionary<Address, SortedSet<UInt256>> Read { get; } = [];

        public bool TryGetAccount(Address address, out AccountState account)
        {
            Read.TryAdd(address, []);
            return state.TryGetAccount(address, out account);
        }

        public UInt256 GetStorage(Address address, in UInt256 key)
        {
            Read.TryAdd(address, []);
            Read[address].Add(key);
            return state.GetStorage(address, key);
        }

        public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => state.GetCode(codeHash);
    }
}
