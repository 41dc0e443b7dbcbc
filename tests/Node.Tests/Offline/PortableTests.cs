using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Offline;

/// <summary>Chain files: there and back, cut short, damaged, of another chain.</summary>
[TestFixture]
internal sealed class PortableTests
{
    private const int Blocks = 24;
    private static OfflineChain s_chain = null!;
    private static byte[] s_whole = [];
    private string _root = "";

    [OneTimeSetUp]
    public static void MakeChain()
    {
        s_chain = new OfflineChain(Blocks);
        s_whole = Export(s_chain.Root, 1, Blocks);
    }

    [OneTimeTearDown]
    public static void RemoveChain() => s_chain.Dispose();

    [SetUp]
    public void Make() => _root = Directory.CreateTempSubdirectory("energychain-import-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Imported_chain_exports_to_the_same_bytes()
    {
        Assert.That(Import(s_whole), Is.Null);

        Assert.That(Export(_root, 1, Blocks), Is.EqualTo(s_whole));
        Assert.That(Head(), Is.EqualTo((s_chain.Head.Height, s_chain.Head.Hash, s_chain.Head.StateRoot)));
    }

    [Test]
    public void Import_goes_on_where_it_stopped()
    {
        Assert.That(
            () => Import(s_whole[..(s_whole.Length / 2)]),
            Throws.TypeOf<StorageException>().With.Message.Contains("is cut short"));
        ulong reached = Head().Height.Value;
        Assert.That(reached, Is.GreaterThan(2).And.LessThan(Blocks));

        Assert.That(Import(s_whole), Is.Null);

        Assert.That(Head(), Is.EqualTo((s_chain.Head.Height, s_chain.Head.Hash, s_chain.Head.StateRoot)));
        Assert.That(Import(s_whole), Is.Null, "nothing is left to import");
    }

    [Test]
    public void Import_of_two_halves_is_as_one_of_the_whole()
    {
        Assert.That(Import(Export(s_chain.Root, 1, 10)), Is.Null);
        Assert.That(Import(Export(s_chain.Root, 8, Blocks)), Is.Null);

        Assert.That(Head().Hash, Is.EqualTo(s_chain.Head.Hash));
    }

    [Test]
    public void File_that_begins_too_late_is_refused()
    {
        Assert.That(
            () => Import(Export(s_chain.Root, 8, Blocks)),
            Throws.TypeOf<OperatorException>().With.Message.Contains("allowed is one that begins at block 1"));
        Assert.That(Head().Height, Is.EqualTo(Height.Genesis));
    }

    [Test]
    public void Every_flipped_byte_is_found_before_its_block_is_imported()
    {
        for (int place = 0; place < s_whole.Length; place += 701)
        {
            byte[] flipped = [.. s_whole];
            flipped[place] ^= 1;
            string root = Directory.CreateTempSubdirectory("energychain-flip-").FullName;
            try
            {
                Assert.That(() => Import(flipped, root), Throws.TypeOf<StorageException>(), $"byte {place}");
                using DataDirectory directory = DataDirectory.Open(root, OfflineChain.Genesis.Hash);
                using Chain chain = OpenChain(directory);
                Assert.That(
                    chain.Head.Height == Height.Genesis
                    || chain.Head.Hash == s_chain.BlockAt(chain.Head.Height.Value).Block.Hash);
            }
            finally
            {
                Directory.Delete(root, recursive: true);
            }
        }
    }

    [Test]
    public void Forged_block_in_a_sound_file_is_named_and_those_before_it_stay()
    {
        using OfflineChain forged = new(Blocks);
        CommittedBlock block = forged.BlockAt(12);
        forged.Plant(12, block with { Block = block.Block with { Transactions = [block.Block.Transactions[0]] } });

        ChainFault? fault = Import(Export(forged.Root, 1, Blocks));

        Assert.That(fault?.Kind, Is.EqualTo(FaultKind.TransactionsRoot));
        Assert.That(fault!.Height.Value, Is.EqualTo(12));
        Assert.That(Head().Height.Value, Is.EqualTo(11));
    }

    [Test]
    public void File_of_another_genesis_and_of_a_newer_version_are_refused_in_one_sentence()
    {
        byte[] other = [.. new FileHeader(FileKind.ChainFile, Hash32.Zero, 1).Encode(), .. s_whole[64..]];
        Assert.That(
            () => Import(other), Throws.TypeOf<StorageException>().With.Message.Contains("belongs to the chain"));

        byte[] newer = [.. s_whole];
        newer[8] = 99;
        BitConverter.GetBytes(Crc32C.Of(newer.AsSpan(0, 60))).CopyTo(newer, 60);
        Assert.That(
            () => Import(newer), Throws.TypeOf<StorageException>().With.Message.Contains("start a newer node"));

        byte[] log = File.ReadAllBytes(Directory.GetFiles(Path.Combine(s_chain.Root, "blocks"), "*.log")[0]);
        Assert.That(
            () => Import(log), Throws.TypeOf<StorageException>().With.Message.Contains("no file that export"));
        Assert.That(() => Import([]), Throws.TypeOf<StorageException>());
    }

    [Test]
    public void Output_file_is_there_only_when_it_is_whole()
    {
        string path = Path.Combine(_root, "chain.export");
        using (OutputFile file = OutputFile.Create(path))
        {
            file.Stream.Write(new byte[5_000_000]);
        }

        Assert.That(Directory.GetFiles(_root), Is.Empty, "an export that failed leaves nothing");
        using (OutputFile file = OutputFile.Create(path))
        {
            file.Stream.WriteByte(7);
            file.Complete();
        }

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 7 }));
        Assert.That(Directory.GetFiles(_root), Has.Length.EqualTo(1));
        Assert.That(
            () => OutputFile.Create(path), Throws.TypeOf<IOException>().With.Message.Contains("exists already"));
    }

    [Test]
    public void File_that_says_it_goes_on_for_ever_is_refused_with_a_sentence()
    {
        using MemoryStream stream = new();
        PortableWriter writer = new(stream, FileKind.ChainFile, OfflineChain.Genesis.Hash, new Height(1));
        writer.Add(PortableTag.Range, [.. BitConverter.GetBytes(1UL), .. BitConverter.GetBytes(ulong.MaxValue)]);
        writer.End();

        Assert.That(
            () => Import(stream.ToArray()), Throws.TypeOf<StorageException>().With.Message.Contains("which cannot be"));
    }

    [Test]
    public void Block_in_the_place_of_the_trusted_one_is_not_imported()
    {
        TrustedBlock other = new(new Height(9), Hash32.Zero);

        ChainFault? fault = Import(s_whole, trusted: other);

        Assert.That(fault?.Height, Is.EqualTo(new Height(9)));
        Assert.That(Head().Height, Is.EqualTo(new Height(8)));
        TrustedBlock same = new(new Height(9), s_chain.BlockAt(9).Block.Hash);
        Assert.That(Import(s_whole, trusted: same), Is.Null);
    }

    internal static byte[] Export(string root, ulong from, ulong to)
    {
        using DataDirectory directory = DataDirectory.Open(root, OfflineChain.Genesis.Hash);
        using LookedAtChain chain = LookedAtChain.Open(directory);
        using MemoryStream stream = new();
        ChainExport.Write(
            stream,
            OfflineChain.Genesis,
            chain,
            new Height(from),
            new Height(to),
            new WorkProgress(to),
            CancellationToken.None);
        return stream.ToArray();
    }

    internal static Chain OpenChain(DataDirectory directory) => Chain.Open(
        OfflineChain.Genesis,
        directory,
        new ChainOptions { CheckpointBlocks = 1_000, HistoryBlocks = 0 },
        NullLogger.Instance);

    private (Height Height, Hash32 Hash, Hash32 StateRoot) Head()
    {
        using DataDirectory directory = DataDirectory.Open(_root, OfflineChain.Genesis.Hash);
        using Chain chain = OpenChain(directory);
        return (chain.Head.Height, chain.Head.Hash, chain.Head.StateRoot);
    }

    private ChainFault? Import(byte[] bytes, string? root = null, TrustedBlock trusted = default) =>
        ImportInto(root ?? _root, bytes, trusted);

    internal static ChainFault? ImportInto(string root, byte[] bytes, TrustedBlock trusted = default)
    {
        using MemoryStream stream = new(bytes);
        PortableReader reader = new(stream, "chain.export", OfflineChain.Genesis.Hash);
        PortableBlocks blocks = new(reader, "chain.export");
        using DataDirectory directory = DataDirectory.Open(root, OfflineChain.Genesis.Hash);
        using Chain chain = OpenChain(directory);
        PipelineOptions options = new() { Workers = 2 };
        return new ChainImport(OfflineChain.Genesis, chain, blocks, options, trusted).Run(CancellationToken.None);
    }
}
