// Writes the hostile and unusual HDF5 files in this folder, which KerasFileTest opens:
//   g++ make.cpp $(pkg-config --cflags --libs hdf5) -o make && ./make

#include <hdf5.h>

#include <cstring>
#include <string>
#include <vector>

namespace {

struct File {
    explicit File(const char* name) : id(H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}
    ~File() { H5Fclose(id); }
    hid_t group(const char* path) const {
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        return H5Gcreate2(id, path, links, H5P_DEFAULT, H5P_DEFAULT);
    }
    hid_t dataset(const char* path, hid_t type, std::vector<hsize_t> shape,
                  hid_t properties = H5P_DEFAULT) const {
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        const hid_t space = H5Screate_simple(int(shape.size()), shape.data(), nullptr);
        return H5Dcreate2(id, path, type, space, links, properties, H5P_DEFAULT);
    }
    hid_t id;
};

constexpr const char* kernel = "layers/conv2d/vars/0";

size_t passThrough(unsigned, size_t, const unsigned*, size_t bytes, size_t*, void**) {
    return bytes;
}

hid_t chunked(std::vector<hsize_t> chunk) {
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, int(chunk.size()), chunk.data());
    return properties;
}

void texts(hid_t object, const char* name, const std::vector<const char*>& values) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, 32);
    const hsize_t count = values.size();
    std::vector<char> bytes(32 * count);
    for (std::size_t i = 0; i < count; ++i)
        std::strcpy(bytes.data() + 32 * i, values[i]);
    H5Awrite(H5Acreate2(object, name, type, H5Screate_simple(1, &count, nullptr), H5P_DEFAULT, H5P_DEFAULT),
             type, bytes.data());
}

}  // namespace

int main() {
    const float numbers[4] = {1.0f, -2.0f, 0.5f, 3.0f};
    {
        File file("external-link.h5");
        H5Lcreate_external("/etc/hostname", "/", file.id, "layers", H5P_DEFAULT, H5P_DEFAULT);
    }
    {
        File file("external-storage.h5");
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        H5Pset_external(properties, "/etc/passwd", 0, 16);
        file.dataset(kernel, H5T_IEEE_F32LE, {4}, properties);
    }
    {
        File file("virtual.h5");
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        const hsize_t four = 4;
        const hid_t space = H5Screate_simple(1, &four, nullptr);
        H5Pset_virtual(properties, space, "other.h5", "x", space);
        file.dataset(kernel, H5T_IEEE_F32LE, {4}, properties);
    }
    {
        File file("soft-loop.h5");
        file.group("layers");
        H5Lcreate_soft("/layers/loop", file.id, "layers/loop", H5P_DEFAULT, H5P_DEFAULT);
    }
    {
        File file("hard-loop.h5");
        file.group("layers");
        H5Lcreate_hard(file.id, "/", file.id, "layers/root", H5P_DEFAULT, H5P_DEFAULT);
    }
    {
        File file("huge.h5");
        file.dataset(kernel, H5T_IEEE_F32LE, {1u << 16, 1u << 16}, chunked({64, 64}));
    }
    {
        File file("unwritten.h5");
        file.dataset(kernel, H5T_IEEE_F32LE, {1024, 1024}, chunked({64, 64}));
    }
    {
        File file("bomb.h5");
        const hid_t properties = chunked({1u << 22});
        H5Pset_deflate(properties, 9);
        const std::vector<float> zeros(1u << 22);
        H5Dwrite(file.dataset(kernel, H5T_IEEE_F32LE, {1u << 22}, properties), H5T_NATIVE_FLOAT, H5S_ALL,
                 H5S_ALL, H5P_DEFAULT, zeros.data());
    }
    {
        File file("unknown-filter.h5");
        const H5Z_class2_t filter{H5Z_CLASS_T_VERS, 400, 1, 1, "own", nullptr, nullptr, passThrough};
        H5Zregister(&filter);
        const hid_t properties = chunked({4});
        H5Pset_filter(properties, 400, H5Z_FLAG_MANDATORY, 0, nullptr);
        H5Dwrite(file.dataset(kernel, H5T_IEEE_F32LE, {4}, properties), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL,
                 H5P_DEFAULT, numbers);
    }
    {
        File file("strings.h5");
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, 8);
        file.dataset(kernel, type, {4});
    }
    {
        // Numbers as they may also be stored, and names split over attributes; the integers are a seed.
        File file("unusual.h5");
        H5Dwrite(file.dataset("b/a/kernel:0", H5T_IEEE_F32BE, {4}), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL,
                 H5P_DEFAULT, numbers);
        H5Dwrite(file.dataset("double", H5T_IEEE_F64BE, {2, 2}), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL,
                 H5P_DEFAULT, numbers);
        const hid_t half = H5Tcopy(H5T_IEEE_F32LE);
        H5Tset_fields(half, 15, 10, 5, 0, 10);
        H5Tset_size(half, 2);
        H5Tset_ebias(half, 15);
        H5Dwrite(file.dataset("half", half, {4}), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers);
        const hid_t packed = chunked({4});
        H5Pset_shuffle(packed);
        H5Pset_deflate(packed, 6);
        H5Pset_fletcher32(packed);
        H5Dwrite(file.dataset("packed", H5T_IEEE_F32LE, {4}, packed), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL,
                 H5P_DEFAULT, numbers);
        file.dataset("seed_generator_state", H5T_STD_U32LE, {2});
        file.dataset("optimizer/vars/0", H5T_IEEE_F32LE, {4});
        file.dataset("metrics/mean/vars/0", H5T_IEEE_F32LE, {1});
        texts(file.id, "layer_names0", {"b"});
        texts(file.id, "layer_names1", {"a"});
    }
    return 0;
}
