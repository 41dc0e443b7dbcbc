using CsCheck;
using EnergyChain.Client.Light;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Client.Tests;

public sealed class LightClientTests
{
    private static readonly Address Anna = Address.FromNumber(0xA11A);
    private static readonly Address Nobody = Address.FromNumber(0xDEAD);

    private string _directory = null!;
    private ProofChain _chain = null!;

    [SetUp]
    public void Start()
    {
        _directory = Directory.CreateTempSubdirectory("light").FullName;
        _chain = new ProofChain(0, new GenesisAccount(Anna, 50, default, []));
        _chain.Pay(Anna, 1_234);
    }

    [TearDown]
    public void Stop() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Balance_is_proven_from_the_genesis_on()
    {
        LightClient light = Client();
        StorageProof proof = await light.AccountAsync(new ProofQuery(Anna, []), default);

        Assert.That(proof.Account.Value!.Value.Balance, Is.EqualTo(new UInt256(1_234)));
        Assert.That(light.Proven, Is.EqualTo(new ProvenHead(
            new Height(3),
            _chain.Head.Header.Hash,
            _chain.Head.Header.Time,
            3,
            4,
            _chain.Genesis.Hash)));
        Assert.That(light.Notices, Is.Empty);
    }

    [Test]
    public async Task What_is_not_there_is_proven_absent()
    {
        StorageProof proof = await Client().AccountAsync(new ProofQuery(Nobody, [5]), default);

        Assert.That(proof.Account.Value, Is.Null);
        Assert.That(proof.Slots.Single().Word, Is.EqualTo(UInt256.Zero));
    }

    [TestCase("balance", ProofFailure.Path, "What the node says of account 0x")]
    [TestCase("nonce", ProofFailure.Path, "What the node says of account 0x")]
    [TestCase("absent", ProofFailure.Path, "What the node says of account 0x")]
    [TestCase("leaf", ProofFailure.Path, "What the node says of account 0x")]
    [TestCase("sibling", ProofFailure.Path, "What the node says of account 0x")]
    [TestCase("slot", ProofFailure.Path, "What the node says of storage slot ")]
    [TestCase("empty slot", ProofFailure.Path, "What the node says of storage slot ")]
    [TestCase("other account", ProofFailure.Omitted, "leaves 0x")]
    [TestCase("omitted slot", ProofFailure.Omitted, "leaves storage slot ")]
    [TestCase("root", ProofFailure.Certificate, "not signed by more than two thirds of the 4 members")]
    [TestCase("minority", ProofFailure.Certificate, "not signed by more than two thirds of the 4 members")]
    [TestCase("other certificate", ProofFailure.Certificate, "not signed by more than two thirds of the 4 members")]
    [TestCase("strangers", ProofFailure.UnknownTerm, "no chain of signatures leads from the genesis")]
    [TestCase("other chain id", ProofFailure.OtherChain, "a header of chain 8; the genesis is of chain 7")]
    public async Task Lie_is_told_by_what_is_wrong(string lie, ProofFailure failure, string sentence)
    {
        GenesisAccount market = _chain.Genesis.Accounts.Single(
            static account => account.Address == EnergyMarketContract.Address);
        _chain.OnWitness = witness => Bend(lie, witness);
        ProofQuery query = lie.Contains("slot", StringComparison.Ordinal)
            ? new ProofQuery(market.Address, [market.Storage[0].Key])
            : new ProofQuery(Anna, []);

        ProofException wrong = (await ProofChecks.RefusalOf(() => Client().AccountAsync(query, default)))!;
        Assert.That(wrong.Failure, Is.EqualTo(failure));
        Assert.That(wrong.Message, Does.Contain(sentence));
        Assert.That(File.Exists(FileOf(_chain).Path), Is.EqualTo(failure is ProofFailure.Path or ProofFailure.Omitted));
    }

    // The header was proven a moment ago; what is shown of round and signatures is the certificate's.
    [Test]
    public async Task Proven_header_with_a_made_up_certificate_is_refused()
    {
        LightClient light = Client();
        await light.HeadAsync(default);
        CertifiedHeader head = _chain.Head;
        _chain.OnHeader = (_, _) => head with
        {
            Certificate = head.Certificate with
            {
                Round = new Round(77),
                Signers = [0, 1, 2, 3],
                Signatures = [.. head.Certificate.Signatures, head.Certificate.Signatures[0]],
            },
        };

        ProofException wrong = (await ProofChecks.RefusalOf(() => light.HeadAsync(default)))!;
        Assert.That(wrong.Failure, Is.EqualTo(ProofFailure.Certificate));
        Assert.That(light.Proven!.Signatures, Is.EqualTo(3));
    }

    [Test]
    public async Task Any_flipped_bit_of_a_proof_is_seen()
    {
        byte[] sound = Bcs.Encode(await _chain.GetProofAsync([new ProofQuery(Anna, [1])], default));
        ProofQuery query = new(Anna, [1]);
        await Gen.Int[0, (sound.Length * 8) - 1].SampleAsync(
            async bit =>
            {
                byte[] bent = [.. sound];
                bent[bit / 8] ^= (byte)(1 << (bit % 8));
                if (!Bcs.TryDecode(bent, out StateWitness? witness, out _))
                {
                    return true;
                }

                _chain.OnWitness = _ => witness;
                LightClient light = Client(Path.Combine(_directory, "none"));
                return await ProofChecks.RefusalOf(() => light.AccountAsync(query, default)) is not null;
            },
            iter: 1_500,
            threads: 1);
    }

    [Test]
    public async Task Changes_of_the_council_are_followed_and_remembered()
    {
        ChangeCouncil();
        LightClient first = Client();
        await first.AccountAsync(new ProofQuery(Anna, []), default);
        Assert.That(first.Proven!.CouncilSize, Is.EqualTo(3));

        _chain.Append();
        _chain.OnLinks = static _ => throw new AssertionException("The changes are known already.");
        LightClient second = Client();
        await second.AccountAsync(new ProofQuery(Anna, []), default);
        Assert.That(second.Proven!.CouncilSize, Is.EqualTo(3));
    }

    [TestCase("kept back", ProofFailure.UnknownTerm)]
    [TestCase("other council", ProofFailure.TermLink)]
    [TestCase("minority", ProofFailure.TermLink)]
    public async Task Change_of_the_council_that_is_not_signed_is_no_change(string lie, ProofFailure failure)
    {
        ChangeCouncil();
        _chain.OnLinks = links => lie switch
        {
            "kept back" => [],
            "other council" => [links[0] with { Next = new Term(ProofChain.CouncilOf(7), links[0].Next.Parameters) }],
            _ => [links[0] with { Certificate = Certified(links[0].Header, 1, 2).Certificate }],
        };

        Assert.That(await FailureOf(Client()), Is.EqualTo(failure));
    }

    [Test]
    public async Task Head_before_one_that_was_proven_is_refused()
    {
        await Client().HeadAsync(default);
        _chain.OnHeader = (_, _) => _chain.HeaderAt(1);

        ProofException wrong = (await ProofChecks.RefusalOf(() => Client().HeadAsync(default)))!;
        Assert.That(wrong.Failure, Is.EqualTo(ProofFailure.OldHead));
        Assert.That(wrong.Message, Does.StartWith("The node's newest block is 1, and block 3 was proven before"));
    }

    // Two blocks at one height that both have their quorum: the council has equivocated, or its keys are stolen.
    [TestCase(0)]
    [TestCase(2)]
    public async Task Fork_shows_both_headers_and_who_signed_both(int later)
    {
        await Client().HeadAsync(default);
        CertifiedHeader known = _chain.Head;
        ProofChain fork = new(0, new GenesisAccount(Anna, 50, default, [])) { Signers = [2, 3, 4] };
        fork.Pay(Anna, 999);
        for (int i = 0; i < later; i++)
        {
            fork.Append();
        }

        LightClient light = Client(fork, FileOf(_chain));
        ProofException wrong = (await ProofChecks.RefusalOf(() => light.HeadAsync(default)))!;
        Assert.That(wrong.Failure, Is.EqualTo(ProofFailure.Conflict));
        Assert.That(wrong.Message, Does.Contain(known.Header.Hash.ToString()));
        Assert.That(wrong.Message, Does.Contain(fork.HeaderAt(3).Header.Hash.ToString()));
        Assert.That(wrong.Message, Does.Contain(
            $"2 of 4 council members signed both: {ProofChain.Key(2).Address}, {ProofChain.Key(3).Address}."));
        Assert.That(FileOf(_chain).Read(out _)!.Head!.Header.Hash, Is.EqualTo(known.Header.Hash));
    }

    [TestCase(-119, true)]
    [TestCase(-121, false)]
    [TestCase(119, true)]
    [TestCase(121, false)]
    public async Task Head_is_as_fresh_as_is_asked_for(int secondsOff, bool accepted)
    {
        LightClient light = new(
            _chain,
            TrustAnchor.Of(_chain.Genesis),
            FileOf(_chain),
            new LightClientOptions(),
            new FakeTimeProvider(_chain.Now.AddSeconds(secondsOff)));

        Assert.That(await FailureOf(light), Is.EqualTo(accepted ? null : ProofFailure.Stale));
    }

    [Test]
    public async Task Damaged_file_is_told_and_the_proof_begins_at_the_genesis()
    {
        await Client().HeadAsync(default);
        TrustFile file = FileOf(_chain);
        byte[] bytes = await File.ReadAllBytesAsync(file.Path);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(file.Path, bytes);

        LightClient light = Client();
        await light.HeadAsync(default);
        Assert.That(light.Notices.Single(), Does.Contain("is damaged or of another version"));
        Assert.That(file.Read(out string problem), Is.Not.Null);
        Assert.That(problem, Is.Empty);
    }

    [Test]
    public async Task Hash_of_the_genesis_is_enough()
    {
        LightClient light = Light(_chain, new TrustAnchor(_chain.Genesis.Hash), FileOf(_chain));
        StorageProof proof = await light.AccountAsync(new ProofQuery(Anna, []), default);

        Assert.That(proof.Account.Value!.Value.Balance, Is.EqualTo(new UInt256(1_234)));
    }

    [TestCase(0)]
    [TestCase(60)]
    [TestCase(30_000)]
    public async Task Genesis_of_another_hash_is_refused(int position)
    {
        _chain.OnGenesis = genesis =>
        {
            genesis[position] ^= 1;
            return genesis;
        };
        LightClient light = Light(_chain, new TrustAnchor(_chain.Genesis.Hash), FileOf(_chain));

        Assert.That(await FailureOf(light), Is.EqualTo(ProofFailure.Genesis));
    }

    [Test]
    public async Task Other_genesis_of_the_same_chain_id_proves_nothing()
    {
        ProofChain other = new(seed: 1);
        LightClient light = Light(other, TrustAnchor.Of(_chain.Genesis), FileOf(_chain));

        Assert.That(await FailureOf(light), Is.EqualTo(ProofFailure.UnknownTerm));
    }

    private static StateWitness Bend(string lie, StateWitness sound)
    {
        StorageProof storage = sound.Accounts[0];
        AccountProof account = storage.Account;
        CertifiedHeader header = sound.Header;
        AccountValue value = account.Value!.Value;
        StorageProof With(AccountProof bent) => storage with { Account = bent };
        StateWitness bent = lie switch
        {
            "balance" => sound with { Accounts = [With(account with { Value = value with { Balance = 9_999 } })] },
            "nonce" => sound with { Accounts = [With(account with { Value = value with { Nonce = 0 } })] },
            "absent" => sound with { Accounts = [With(account with { Value = null })] },
            "leaf" => sound with
            {
                Accounts = [With(account with
                {
                    Value = null,
                    Path = account.Path with { Leaf = new TreeLeaf(Blake2b.Hash([9]), Blake2b.Hash([8])) },
                })],
            },
            "sibling" => sound with
            {
                Accounts = [With(account with
                {
                    Path = account.Path with { Siblings = [Blake2b.Hash([9]), .. account.Path.Siblings.Skip(1)] },
                })],
            },
            "slot" => sound with { Accounts = [storage with { Slots = [storage.Slots[0] with { Word = 77 }] }] },
            "empty slot" => sound with
            {
                Accounts = [storage with { Slots = [storage.Slots[0] with { Word = UInt256.Zero }] }],
            },
            "other account" => sound with { Accounts = [] },
            "omitted slot" => sound with { Accounts = [storage with { Slots = [] }] },
            "root" => sound with { Header = header with { Header = Bent(header.Header) } },
            "minority" => sound with { Header = Certified(header.Header, 1, 2) },
            "other certificate" => sound with
            {
                Header = header with { Certificate = Certified(Bent(header.Header), 1, 2, 3).Certificate },
            },
            "strangers" => sound with { Header = Strange(header.Header) },
            _ => sound with { Header = Certified(Bent(header.Header, chainId: 8), 1, 2, 3) },
        };
        return bent;
    }

    private static CertifiedHeader Certified(BlockHeader header, params int[] signers) =>
        ProofChain.Certify(header, ProofChain.CouncilOf(1, 2, 3, 4), signers);

    private static CertifiedHeader Strange(BlockHeader header)
    {
        Term term = new(ProofChain.CouncilOf(7, 8, 9), new ChainParameters { ChainId = header.ChainId });
        return ProofChain.Certify(Bent(header, term: term.Hash), term.Council, 7, 8, 9);
    }

    private static BlockHeader Bent(BlockHeader header, ulong chainId = 7, Hash32? term = null) => new()
    {
        ChainId = new ChainId(chainId),
        Height = header.Height,
        Time = header.Time,
        ParentHash = header.ParentHash,
        TransactionsRoot = header.TransactionsRoot,
        ParentStateRoot = Blake2b.Hash([1]),
        ParentReceiptsRoot = header.ParentReceiptsRoot,
        ParentGasUsed = header.ParentGasUsed,
        TermHash = term ?? header.TermHash,
        NextTermHash = term ?? header.NextTermHash,
        Proposer = header.Proposer,
        LastCertificateHash = header.LastCertificateHash,
        EvidenceRoot = header.EvidenceRoot,
    };

    private static LightClient Light(ProofChain chain, TrustAnchor anchor, TrustFile file) =>
        new(chain, anchor, file, new LightClientOptions(), new FakeTimeProvider(chain.Now));

    private static async Task<ProofFailure?> FailureOf(LightClient light) =>
        (await ProofChecks.RefusalOf(() => light.HeadAsync(default)))?.Failure;

    private LightClient Client(string? directory = null) => Light(
        _chain,
        TrustAnchor.Of(_chain.Genesis),
        new TrustFile(directory ?? _directory, _chain.Genesis.Hash));

    private static LightClient Client(ProofChain chain, TrustFile file) =>
        Light(chain, TrustAnchor.Of(chain.Genesis), file);

    private TrustFile FileOf(ProofChain chain) => new(_directory, chain.Genesis.Hash);

    // 1, 2, 3, 4 -> 4, 5, 6, 7 -> 5, 6, 7
    private void ChangeCouncil()
    {
        Term second = new(ProofChain.CouncilOf(4, 5, 6, 7), _chain.Genesis.Parameters);
        Term third = new(ProofChain.CouncilOf(5, 6, 7), _chain.Genesis.Parameters);
        _chain.Append(next: second);
        _chain.Signers = [5, 6, 7];
        _chain.Append(next: third);
        _chain.Append();
    }
}
