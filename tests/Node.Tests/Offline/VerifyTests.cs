using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;

namespace EnergyChain.Node.Tests.Offline;

/// <summary>A chain that verifies, and one fault in each field of a block that verifying has to name.</summary>
[TestFixture]
internal sealed class VerifyTests
{
    private const int Blocks = 24;
    private static readonly Hash32 Other = Blake2b.Hash([9]);

    private static readonly Dictionary<string, (FaultKind Kind, Func<CommittedBlock, CommittedBlock> Plant)> Faults =
        new()
        {
            ["state root"] = (FaultKind.StateRoot, block => Resign(block, state: Other)),
            ["receipts root"] = (FaultKind.ReceiptsRoot, block => Resign(block, receipts: Other)),
            ["gas used"] = (FaultKind.GasUsed, block => Resign(block, gas: new Gas(1))),
            ["parent"] = (FaultKind.Parent, block => Resign(block, parent: Other)),
            ["time"] = (FaultKind.Time, block => Resign(block, time: new BlockTime(1))),
            ["chain"] = (FaultKind.ChainId, block => Resign(block, chainId: new ChainId(8))),
            ["term"] = (FaultKind.Term, block => Resign(block, term: Other)),
            ["evidence root"] = (FaultKind.EvidenceRoot, block => Resign(block, evidence: Other)),
            ["other header, old certificate"] = (FaultKind.Certificate, static block => block with
            {
                Block = block.Block with { Header = OfflineChain.Change(block.Block.Header, state: Other) },
            }),
            ["certificate's signature"] = (FaultKind.Certificate, static block => block with
            {
                Certificate = block.Certificate with
                {
                    Signatures = [Flip(block.Certificate.Signatures[0]), .. block.Certificate.Signatures.Skip(1)],
                },
            }),
            ["too few signers"] = (FaultKind.Certificate, static block => block with
            {
                Certificate = block.Certificate with
                {
                    Signers = [.. block.Certificate.Signers.Take(2)],
                    Signatures = [.. block.Certificate.Signatures.Take(2)],
                },
            }),
            ["last certificate"] = (FaultKind.LastCertificate, static block => block with
            {
                Block = block.Block with { LastCertificate = block.Certificate },
            }),
            ["transaction dropped"] = (FaultKind.TransactionsRoot, static block => block with
            {
                Block = block.Block with { Transactions = [block.Block.Transactions[0]] },
            }),
            ["transactions swapped"] = (FaultKind.TransactionsRoot, static block => block with
            {
                Block = block.Block with { Transactions = [.. block.Block.Transactions.Reverse()] },
            }),
            ["next term"] = (FaultKind.NextTerm, static block => block with
            {
                Block = block.Block with { NextTerm = OfflineChain.Genesis.Term },
            }),
            ["signature"] = (FaultKind.Signature, static block => Second(block, static each => new Transaction(
                each.Body, each.PublicKey, Flip(each.Signature), null, each.Memo))),
            ["memo"] = (FaultKind.Memo, static block => Second(block, static each => new Transaction(
                each.Body, each.PublicKey, each.Signature, null, new byte[] { 7 }))),
        };

    private OfflineChain _chain = null!;

    public static IEnumerable<string> FaultNames => Faults.Keys;

    [SetUp]
    public void Make() => _chain = new OfflineChain(Blocks);

    [TearDown]
    public void Remove() => _chain.Dispose();

    [Test]
    public void Sound_chain_verifies_over_a_change_of_its_terms()
    {
        VerifyReport report = _chain.Verify();

        Assert.That(report.Fault, Is.Null);
        Assert.That(_chain.Head.Terms.Starts, Has.Count.EqualTo(2), "the chain changes its council and its gas price");
        Assert.That(report.Blocks, Is.EqualTo(Blocks));
        Assert.That(report.Executed, Is.EqualTo(Blocks));
        Assert.That(report.Receipts, Is.EqualTo(Blocks));
        Assert.That(report.Transactions, Is.EqualTo((2 * (Blocks - 5)) + 6));
        Assert.That(report.HeadHash, Is.EqualTo(_chain.Head.Hash));
        Assert.That(report.StateRoot, Is.EqualTo(_chain.Head.StateRoot));
        Assert.That(report.ErasedMemos, Is.Zero);
    }

    [TestCaseSource(nameof(FaultNames))]
    public void Planted_fault_is_named_with_its_height(string name)
    {
        (FaultKind kind, Func<CommittedBlock, CommittedBlock> plant) = Faults[name];
        _chain.Plant(OfflineChain.Faulty, plant(_chain.BlockAt(OfflineChain.Faulty)));

        VerifyReport report = _chain.Verify();

        Assert.That(report.Fault?.Kind, Is.EqualTo(kind), report.Fault?.Reason);
        Assert.That(report.Fault!.Height.Value, Is.EqualTo(OfflineChain.Faulty));
        Assert.That(report.Blocks, Is.EqualTo(OfflineChain.Faulty - 1), "those before it are sound");
    }

    [Test]
    public void Swapped_blocks_are_found_at_the_first()
    {
        CommittedBlock one = _chain.BlockAt(12);
        CommittedBlock other = _chain.BlockAt(13);
        _chain.Plant(12, other);
        _chain.Plant(13, one);

        ChainFault? fault = _chain.Verify().Fault;

        Assert.That(fault?.Kind, Is.EqualTo(FaultKind.Height));
        Assert.That(fault!.Height.Value, Is.EqualTo(12));
        Assert.That(fault.Reason, Does.Contain("13"));
    }

    [Test]
    public void Forged_transaction_is_named_by_its_place_and_id()
    {
        CommittedBlock block = _chain.BlockAt(12);
        _chain.Plant(12, Faults["signature"].Plant(block));

        Assert.That(
            _chain.Verify().Fault!.Reason, Does.Contain("1 (" + block.Block.Transactions[1].Id.ToString()));
    }

    [Test]
    public void Erased_memo_is_no_fault_and_is_counted()
    {
        _chain.Plant(12, Second(_chain.BlockAt(12), static each => each.WithoutMemo()));

        VerifyReport report = _chain.Verify();

        Assert.That(report.Fault, Is.Null);
        Assert.That(report.ErasedMemos, Is.EqualTo(1));
        Assert.That(report.Executed, Is.EqualTo(Blocks));
    }

    [Test]
    public void Stored_receipts_that_execution_does_not_give_are_found()
    {
        string path = Directory.GetFiles(Path.Combine(_chain.Root, "receipts"), "*.log").Order().First();
        using (DataDirectory directory = _chain.Hold())
        using (HeightLog log = HeightLog.Open(
            directory.Disk,
            directory.Receipts,
            OfflineChain.Genesis.Hash,
            new HeightLogOptions(FileKind.Receipts, 4_096, IsRebuildable: true),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance))
        {
            log.Replace(new Dictionary<ulong, byte[]> { [12] = [0] });
        }

        ChainFault? fault = _chain.Verify().Fault;

        Assert.That(path, Does.Exist);
        Assert.That(fault?.Kind, Is.EqualTo(FaultKind.StoredReceipts));
        Assert.That(fault!.Height.Value, Is.EqualTo(12));
    }

    [TestCase(13UL, 20UL, 11UL)]
    [TestCase(3UL, 24UL, 11UL)]
    [TestCase(21UL, 24UL, 21UL)]
    public void Part_of_a_chain_is_executed_from_a_checkpoint_on(ulong from, ulong to, ulong least)
    {
        VerifyReport report = _chain.Verify(new VerifyRequest(new Height(from), new Height(to)));

        Assert.That(report.Fault, Is.Null);
        Assert.That(report.Blocks, Is.EqualTo(to - from + 1));
        Assert.That(report.ExecutedFrom!.Value.Value, Is.EqualTo(Math.Max(from, least)));
    }

    [Test]
    public void Range_that_is_not_there_is_refused_with_what_is()
    {
        Assert.That(
            () => _chain.Verify(new VerifyRequest(new Height(99))),
            Throws.TypeOf<OperatorException>().With.Message.Contains("--from is '99'; allowed is 1 to 24"));
        Assert.That(
            () => _chain.Verify(new VerifyRequest(new Height(9), new Height(8))),
            Throws.TypeOf<OperatorException>().With.Message.Contains("--to is '8'"));
    }

    [Test]
    public void Without_execution_a_wrong_state_root_stands_but_the_next_block_s_parent_does_not()
    {
        _chain.Plant(12, Resign(_chain.BlockAt(12), state: Other));

        ChainFault? fault = _chain.Verify(new VerifyRequest(Executes: false)).Fault;

        Assert.That(fault?.Kind, Is.EqualTo(FaultKind.Parent));
        Assert.That(fault!.Height.Value, Is.EqualTo(13));
    }

    [Test]
    public void Verifying_changes_no_byte_of_the_data_directory()
    {
        string log = Directory.GetFiles(Path.Combine(_chain.Root, "blocks"), "*.log").Order().Last();
        File.AppendAllText(log, "torn tail");
        Dictionary<string, byte[]> before = Files();

        Assert.That(_chain.Verify().Fault, Is.Null);

        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Every_flipped_bit_of_the_block_log_is_found_or_harmless()
    {
        string log = Directory.GetFiles(Path.Combine(_chain.Root, "blocks"), "*.log").Order().First();
        byte[] bytes = File.ReadAllBytes(log);
        for (int place = 0; place < bytes.Length; place += 97)
        {
            byte[] flipped = [.. bytes];
            flipped[place] ^= 4;
            File.WriteAllBytes(log, flipped);
            string found;
            try
            {
                found = _chain.Verify().Fault?.Height.ToString() ?? "nothing";
            }
            catch (StorageException damage)
            {
                found = damage.Message;
            }

            Assert.That(found, Is.Not.EqualTo("nothing"), $"byte {place}");
        }
    }

    [Test]
    public void Pipeline_of_one_thread_and_of_eight_find_the_same()
    {
        _chain.Plant(12, Faults["signature"].Plant(_chain.BlockAt(12)));
        foreach (int workers in new[] { 1, 8 })
        {
            using DataDirectory directory = _chain.Hold();
            using EnergyChain.Node.Offline.LookedAtChain chain =
                EnergyChain.Node.Offline.LookedAtChain.Open(directory);
            VerifyReport report = new() { From = new Height(1), To = chain.Blocks.Last };
            using BlockReplay replay = BlockReplay.FromGenesis(OfflineChain.Genesis, 1);
            new ChainVerifier(OfflineChain.Genesis, new PipelineOptions { Workers = workers, MaxBlocksAhead = 2 }).Run(
                new LogBlocks(chain.Blocks, report.From, report.To),
                new TermHistory(OfflineChain.Genesis.Term),
                replay,
                null,
                report,
                new WorkProgress(1),
                CancellationToken.None);
            Assert.That(report.Fault?.Height.Value, Is.EqualTo(12));
        }
    }

    private static CommittedBlock Resign(
        CommittedBlock block,
        BlockTime? time = null,
        ChainId? chainId = null,
        Hash32? parent = null,
        Hash32? state = null,
        Hash32? receipts = null,
        Gas? gas = null,
        Hash32? term = null,
        Hash32? evidence = null)
    {
        BlockHeader header = OfflineChain.Change(
            block.Block.Header, time, chainId, parent, state, receipts, gas, term, evidence);
        return OfflineChain.Resign(block, header, s_term);
    }

    private static readonly Term s_term = TermOfBlocks();

    private static Term TermOfBlocks()
    {
        using OfflineChain chain = new(8);
        return chain.Head.Term;
    }

    private static CommittedBlock Second(CommittedBlock block, Func<Transaction, Transaction> change) => block with
    {
        Block = block.Block with
        {
            Transactions = [block.Block.Transactions[0], change(block.Block.Transactions[1])],
        },
    };

    private static Signature Flip(Signature signature)
    {
        byte[] bytes = signature.ToArray();
        bytes[3] ^= 1;
        return new Signature(bytes);
    }

    private Dictionary<string, byte[]> Files() => Directory
        .GetFiles(_chain.Root, "*", SearchOption.AllDirectories)
        .Where(static path => Path.GetFileName(path) != "lock")
        .ToDictionary(static path => path, File.ReadAllBytes);
}
