using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Erasure;

namespace EnergyChain.Node.Tests.Site.Subjects;

/// <summary>Readings under a subject's key: there and back, tampered with, without the key.</summary>
[TestFixture]
internal sealed class SealedReadingsTests
{
    private string _root = "";
    private ReadingsScene _scene = null!;

    private string KeyPath => Path.Combine(_root, "subjects", "flat-7.key");

    private string FirstFile => Path.Combine(_root, "readings", "flat-7.20260131-0.sealed");

    [SetUp]
    public void Make()
    {
        _root = Directory.CreateTempSubdirectory("energychain-site-").FullName;
        _scene = new ReadingsScene(new PhysicalDisk(), _root);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Kept_readings_come_back_over_restarts_and_days_and_lie_nowhere_in_clear()
    {
        _scene.Keep(1, 2);
        _scene.Keep(3);
        _scene.Time.Advance(TimeSpan.FromHours(2));
        _scene.Keep(4, 5);

        Assert.That(_scene.Export(), Is.EqualTo((new long[] { 1, 2, 3, 4, 5 }, 0L)));
        Assert.That(
            Directory.GetFiles(Path.Combine(_root, "readings")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "flat-7.20260131-0.sealed", "flat-7.20260201-0.sealed" }));
        Assert.That(FolderScan.FilesWith(_root, ReadingsScene.Mark), Is.Empty);
        Assert.That(_scene.Log.Lines, Is.Empty);
    }

    [Test]
    public void Key_is_32_bytes_for_its_owner_alone()
    {
        _scene.Keep(1);
        Assert.That(new FileInfo(KeyPath).Length, Is.EqualTo(32));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                File.GetUnixFileMode(KeyPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public void Every_flipped_byte_costs_its_record_and_no_other()
    {
        _scene.Keep(1, 2, 3);
        byte[] sound = File.ReadAllBytes(FirstFile);
        int record = (sound.Length - FileHeader.Size) / 3;
        for (int place = FileHeader.Size; place < sound.Length; place += 37)
        {
            byte[] flipped = [.. sound];
            flipped[place] ^= 0x10;
            File.WriteAllBytes(FirstFile, flipped);
            long hurt = ((place - FileHeader.Size) / record) + 1;
            Assert.That(
                _scene.Export().Slots, Is.EqualTo(new long[] { 1, 2, 3 }.Where(slot => slot != hurt)), $"byte {place}");
        }
    }

    [Test]
    public void Record_whose_checksum_was_made_to_fit_is_not_believed()
    {
        _scene.Keep(1, 2, 3);
        byte[] bytes = File.ReadAllBytes(FirstFile);
        int size = (bytes.Length - FileHeader.Size) / 3;

        // The slot in clear, the nonce, the sealed text, the tag.
        foreach (int place in new[] { 5, 14, 60, size - RecordFrame.Size - 1 })
        {
            byte[] forged = [.. bytes];
            Span<byte> second = forged.AsSpan(FileHeader.Size + size, size);
            second[RecordFrame.Size + place] ^= 1;
            File.WriteAllBytes(FirstFile, Framed(forged, size));
            Assert.That(_scene.Export(), Is.EqualTo((new long[] { 1, 3 }, 1L)), $"byte {place}");
        }
    }

    [Test]
    public void Swapped_records_and_files_are_not_believed()
    {
        _scene.Keep(1, 2, 3);
        byte[] bytes = File.ReadAllBytes(FirstFile);
        int size = (bytes.Length - FileHeader.Size) / 3;
        byte[] swapped =
        [
            .. bytes[..FileHeader.Size],
            .. bytes.AsSpan(FileHeader.Size + size, size),
            .. bytes.AsSpan(FileHeader.Size, size),
            .. bytes[(FileHeader.Size + (2 * size))..],
        ];
        File.WriteAllBytes(FirstFile, Framed(swapped, size));
        Assert.That(_scene.Export(), Is.EqualTo((new long[] { 3 }, 2L)));

        File.WriteAllBytes(FirstFile, bytes);
        File.Copy(FirstFile, Path.Combine(_root, "readings", "flat-7.20260201-0.sealed"));
        Assert.That(_scene.Export(), Is.EqualTo((new long[] { 1, 2, 3 }, 3L)), "a file under another day's name");
    }

    [Test]
    public void Torn_tail_is_cut_with_a_line_and_the_file_goes_on()
    {
        _scene.Keep(1, 2, 3);
        byte[] whole = File.ReadAllBytes(FirstFile);
        File.WriteAllBytes(FirstFile, whole[..^9]);
        Assert.That(_scene.Export(), Is.EqualTo((new long[] { 1, 2 }, 0L)));

        _scene.Keep(4);

        Assert.That(_scene.Export(), Is.EqualTo((new long[] { 1, 2, 4 }, 0L)));
        Assert.That(_scene.Log.Lines.Single(), Does.StartWith("Warning").And.Contain("cut a torn tail of"));
    }

    [TestCase(10, 0)]
    [TestCase(FileHeader.Size + 40, 2)]
    public void Damaged_file_is_left_alone_and_another_takes_what_comes(int place, int left)
    {
        _scene.Keep(1, 2, 3);
        byte[] damaged = File.ReadAllBytes(FirstFile);
        damaged[place] ^= 1;
        File.WriteAllBytes(FirstFile, damaged);

        _scene.Keep(4);

        Assert.That(File.ReadAllBytes(FirstFile), Is.EqualTo(damaged));
        Assert.That(_scene.Export().Slots, Has.Length.EqualTo(left + 1).And.Contains(4));
        Assert.That(_scene.Log.Lines.Single(), Does.Contain("is damaged and stays as it is"));
    }

    [Test]
    public void Wrong_key_opens_nothing_and_the_node_starts_without_touching_a_file()
    {
        _scene.Keep(1, 2);
        File.WriteAllBytes(KeyPath, Enumerable.Repeat((byte)9, 32).ToArray());
        AssertNothingIsTouched("is not their key");
        Assert.That(
            () => _scene.Export(), Throws.TypeOf<OperatorException>().With.Message.Contains("is not their key"));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    [TestCase(-32)]
    public void File_that_is_no_key_is_not_replaced(int length)
    {
        _scene.Keep(1, 2);

        // Zeros are no key either.
        byte[] key = length < 0 ? new byte[-length] : Enumerable.Repeat((byte)9, length).ToArray();
        File.WriteAllBytes(KeyPath, key);
        AssertNothingIsTouched("is not their key");
        Assert.That(File.ReadAllBytes(KeyPath), Is.EqualTo(key));
    }

    [Test]
    public void Lost_key_is_said_and_not_replaced_until_the_subject_is_another_or_forgotten()
    {
        _scene.Keep(1, 2);
        byte[] key = File.ReadAllBytes(KeyPath);
        File.Delete(KeyPath);
        AssertNothingIsTouched("was destroyed or lost");
        Assert.That(File.Exists(KeyPath), Is.False);
        Assert.That(
            () => _scene.Export(), Throws.TypeOf<OperatorException>().With.Message.Contains("was destroyed or lost"));

        ReadingsScene next = new(new PhysicalDisk(), _root, "flat-7b");
        next.Keep(8);
        Assert.That(next.Export().Slots, Is.EqualTo(new long[] { 8 }));

        File.WriteAllBytes(KeyPath, key);
        Assert.That(_scene.Export().Slots, Is.EqualTo(new long[] { 1, 2 }), "the key was found again");

        _scene.Forget();
        _scene.Keep(9);
        Assert.That(_scene.Export().Slots, Is.EqualTo(new long[] { 9 }));
        Assert.That(File.ReadAllBytes(KeyPath), Is.Not.EqualTo(key));
        Assert.That(next.Export().Slots, Is.EqualTo(new long[] { 8 }));
    }

    [Test]
    public void Without_a_key_a_slot_has_a_hash_all_the_same()
    {
        _scene.Keep(1);
        File.Delete(KeyPath);
        using DataDirectory directory = _scene.Open();
        using Node.Site.ReadingsArchive archive = _scene.Archive(directory);
        Assert.That(archive.Keep(ReadingsScene.Reading(2)), Is.Not.EqualTo(Hash32.Zero));
    }

    [Test]
    public void Forgetting_leaves_no_key_and_no_file_and_copies_of_the_files_stay_shut()
    {
        _scene.Keep(1, 2);
        byte[] key = File.ReadAllBytes(KeyPath);
        byte[] copy = File.ReadAllBytes(FirstFile);
        Assert.That(FolderScan.FilesWith(_root, key), Is.Not.Empty);

        _scene.Forget();

        Assert.That(_scene.Look().IsNothing);
        Assert.That(FolderScan.FilesWith(_root, key), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(_root, "readings")), Is.Empty);
        _scene.Keep(3);
        File.WriteAllBytes(FirstFile.Replace("0131", "0130", StringComparison.Ordinal), copy);
        Assert.That(_scene.Export().Slots, Is.EqualTo(new long[] { 3 }));
    }

    [TestCase(400, new long[] { 2, 3 })]
    [TestCase(0, new long[] { 1, 2, 3 })]
    public void Files_are_destroyed_when_they_are_older_than_they_are_kept(int days, long[] left)
    {
        ReadingsScene scene = new(new PhysicalDisk(), _root, keepDays: days);
        scene.Keep(1);
        scene.Time.Advance(TimeSpan.FromDays(1));
        scene.Keep(2);
        scene.Time.Advance(TimeSpan.FromDays(400));
        scene.Keep(3);
        Assert.That(scene.Export().Slots, Is.EqualTo(left));
    }

    // The file with frames as if the node had written what stands there.
    private static byte[] Framed(byte[] file, int size)
    {
        Assert.That(FileHeader.TryRead(file.AsSpan(0, FileHeader.Size), "", ReadingsScene.Genesis, "", out var header));
        for (int offset = FileHeader.Size; offset < file.Length; offset += size)
        {
            Span<byte> record = file.AsSpan(offset, size);
            RecordFrame.Write(record, record[RecordFrame.Size..], RecordFrame.MaskOf(header.Salt, offset));
        }

        return file;
    }

    private void AssertNothingIsTouched(string sentence)
    {
        byte[] before = File.ReadAllBytes(FirstFile);
        _scene.Keep(3);
        Assert.That(File.ReadAllBytes(FirstFile), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.Combine(_root, "readings")), Has.Length.EqualTo(1));
        Assert.That(
            _scene.Log.Lines.Single(),
            Does.StartWith("Error The readings of subject flat-7 cannot be read").And.Contain(sentence));
    }
}
