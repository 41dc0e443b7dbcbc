using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Tests.Index;

/// <summary>Alone, as it looks at the memory of the whole process.</summary>
[NonParallelizable]
public sealed class PartMemoryTests
{
    private string _directory = "";

    [SetUp]
    public void Prepare() => _directory = Directory.CreateTempSubdirectory("index").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Reading_a_whole_part_does_not_fill_memory_with_its_pages()
    {
        const int chunks = 1_500;
        PartRange range = new(new Height(1), new Height(9));
        PartName name = new(range, 0);
        byte[] bytes = new byte[7_000];
        new Random(1).NextBytes(bytes);
        using (PartWriter writer = new(new PhysicalDisk(), _directory, name))
        {
            for (int i = 0; i < chunks; i++)
            {
                writer.AddChunk(IndexRows.Events, new ChunkPlace((ulong)i, (ulong)i, 0), bytes);
            }

            writer.Finish(new PartHead(IndexScene.Genesis, range, IndexScene.Genesis, 9, 0, chunks));
        }

        OpenParts open = new(4);
        FilePart part = new(new PhysicalDisk(), _directory, name, IndexScene.Genesis, open);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < chunks; i++)
        {
            Assert.That(part.TryGetChunk(IndexRows.Events, (ulong)i, out _, out byte[] chunk), Is.True);
            Assert.That(chunk, Has.Length.EqualTo(bytes.Length));
        }

        Assert.That(open.Count, Is.EqualTo(1));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(6 * 1024 * 1024));
        open.CloseAll();
    }
}
